"""What only one job may use: who has it, and the refusal of the next one."""

import gc
import threading

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.workers.jobs import Jobs, Resource

TRAINING = "The network is being trained; stop that or wait for it."


def test_that_who_asks_for_what_another_job_has_is_given_its_sentence_and_nothing_else() -> None:
    jobs = Jobs()
    held = jobs.claim(TRAINING, Resource.KERAS, Resource.SHARE_NETWORK)
    with pytest.raises(UserError, match="being trained; stop that or wait"):
        jobs.claim("A walk.", Resource.TEST_SPAN, Resource.KERAS)
    assert jobs.obstacle(Resource.TEST_SPAN) == ""
    assert jobs.obstacle(Resource.TEST_SPAN, Resource.KERAS) == TRAINING
    held.release()
    assert jobs.obstacle(*Resource) == ""


def test_that_a_claim_released_twice_does_not_release_the_next_one() -> None:
    jobs = Jobs()
    first = jobs.claim("The first.", Resource.KERAS)
    first.release()
    jobs.claim("The second.", Resource.KERAS)
    first.release()
    assert jobs.obstacle(Resource.KERAS) == "The second."


def test_that_of_many_who_ask_at_once_one_gets_it() -> None:
    jobs, begin = Jobs(), threading.Barrier(8)
    got: list[str] = []

    def ask(name: str) -> None:
        begin.wait()
        try:
            jobs.claim(name, Resource.KERAS)
        except UserError:
            return
        got.append(name)

    threads = [threading.Thread(target=ask, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [jobs.obstacle(Resource.KERAS)]


class Page:
    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.seen: list[str] = []
        jobs.watch(self.look)

    def look(self) -> None:
        self.seen.append(self.jobs.obstacle(Resource.KERAS))


def test_that_a_page_hears_of_claims_and_releases_and_is_not_kept_alive() -> None:
    jobs = Jobs()
    page = Page(jobs)
    seen = page.seen
    jobs.claim(TRAINING, Resource.KERAS).release()
    assert seen == [TRAINING, ""]
    del page
    gc.collect()
    jobs.claim(TRAINING, Resource.KERAS)
    assert seen == [TRAINING, ""]
