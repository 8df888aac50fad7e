; Inno Setup's description of the installer for Windows: for one person without an administrator's
; password, or for all with it. Built by .github/workflows/package.yml:
;   iscc /DVersion=0.1.0 tools\package\windows\rnnstudio.iss

[Setup]
AppId={{6B0E6E5C-5C2B-4E0B-9C0E-52A1D0A9F7C4}
AppName=RNN Studio
AppVersion={#Version}
AppPublisher=The RNN Studio founders
DefaultDirName={autopf}\RNN Studio
DefaultGroupName=RNN Studio
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
LicenseFile=..\..\..\LICENSE
SourceDir=.
OutputDir=..\..\..\dist
OutputBaseFilename=RNNStudio-{#Version}-windows-setup
SetupIconFile=..\..\..\build\rnnstudio.ico
UninstallDisplayIcon={app}\RNNStudio.exe
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\..\dist\RNNStudio\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\RNN Studio"; Filename: "{app}\RNNStudio.exe"
Name: "{autodesktop}\RNN Studio"; Filename: "{app}\RNNStudio.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.rnnstudio"; ValueType: string; ValueData: "RNNStudio.Document"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\RNNStudio.Document"; ValueType: string; ValueData: "RNN Studio document"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\RNNStudio.Document\DefaultIcon"; ValueType: string; ValueData: "{app}\RNNStudio.exe,0"
Root: HKA; Subkey: "Software\Classes\RNNStudio.Document\shell\open\command"; ValueType: string; ValueData: """{app}\RNNStudio.exe"" ""%1"""

[Run]
Filename: "{app}\RNNStudio.exe"; Description: "RNN Studio"; Flags: nowait postinstall skipifsilent
