"""The studio does image work on two threads of its own, never on the event loop's."""

import asyncio
import threading

import pytest
from PIL import Image

from bot.imaging.export.marks import AI_GENERATED, marked
from bot.imaging.faces import FaceDetector, faces_in
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.studio import Studio
from bot.imaging.values import Face, Mark, PhotoError
from tests.imaging.pictures import WOMAN, saved, scene


async def test_it_answers_what_the_plain_functions_answer(studio: Studio, detector: FaceDetector) -> None:
    data = WOMAN.read_bytes()
    mark = Mark(AI_GENERATED, "a portrait")

    photo = await studio.intake(data)
    drawn = await studio.inspect(data)

    assert photo == intake(data, detector)
    assert drawn == inspect(data)
    assert await studio.faces(data) == faces_in(data, detector)
    assert await studio.marked(photo.data, mark) == marked(photo.data, mark)


async def test_a_refusal_reaches_who_asked(studio: Studio) -> None:
    with pytest.raises(PhotoError) as refusal:
        await studio.intake(b"hello")
    assert refusal.value.problem == "not_a_photo"


async def test_any_work_runs_beside_the_loop_two_at_a_time(studio: Studio) -> None:
    both = threading.Barrier(2)

    def work(number: int) -> tuple[int, int]:
        both.wait(timeout=10)
        return number * 2, threading.get_ident()

    answers = await asyncio.gather(*(studio.run(work, number) for number in range(6)))

    assert [answer for answer, _ in answers] == [0, 2, 4, 6, 8, 10]
    threads = {thread for _, thread in answers}
    assert len(threads) == 2
    assert threading.get_ident() not in threads


async def test_many_photos_at_once_come_out_as_one_by_one(studio: Studio) -> None:
    photos = [saved(scene(seed=seed), "JPEG") for seed in range(6)]
    together = await asyncio.gather(*map(studio.intake, photos))
    assert list(together) == [await studio.intake(photo) for photo in photos]


async def test_a_closed_studio_takes_no_more_work(detector: FaceDetector) -> None:
    studio = Studio(detector)
    studio.close()
    with pytest.raises(RuntimeError):
        await studio.inspect(WOMAN.read_bytes())


class Stopping(FaceDetector):
    """A detector that lets no large picture pass until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Semaphore(0)
        self.pass_on = threading.Event()
        self.count = 0

    def find(self, image: Image.Image, width: int | None = None) -> tuple[Face, ...]:
        if max(image.size) > 1000:
            self.count += 1
            self.entered.release()
            self.pass_on.wait(20)
        return super().find(image, width)


async def test_of_large_photos_one_is_decoded_at_a_time_and_small_ones_go_on() -> None:
    detector = Stopping()
    studio = Studio(detector)
    large = saved(Image.new("RGB", (4100, 4000)), "JPEG")
    waiting = [asyncio.ensure_future(studio.intake(large)) for _ in range(2)]
    await asyncio.to_thread(detector.entered.acquire)

    small = await studio.intake(saved(scene(), "JPEG"))

    assert small.width == 320
    assert detector.count == 1
    detector.pass_on.set()
    assert [(await one).width for one in waiting] == [2048, 2048]
    studio.close()
