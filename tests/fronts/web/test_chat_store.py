"""Messages in a room: once per key, replaced in place, and private ones read by their person alone."""

from bot.core.chat.messages import Incoming, MessageRef, Progress, Say, Speak, say
from tests.fronts.web.serving import HOME, TEAM, Served, answering, history, send, texts

FREE, HELP = Say(lines=(say("web-send"),)), Say(lines=(say("web-picture", number=3),))
SECRET = Say(lines=(say("web-send"),), private=True)


async def test_the_same_key_posts_once(home: Served) -> None:
    refs = {await home.front.send(HOME, FREE, "result:1") for _ in range(2)}
    await home.front.send(HOME, HELP, "result:2")
    async with home.tab() as tab:
        assert texts(await history(tab)) == ["Send", "Picture 3"]
    assert len(refs) == 1


async def test_a_message_is_replaced_where_it_stands(home: Served) -> None:
    first = await home.front.send(HOME, FREE, "progress")
    await home.front.send(HOME, FREE, "other")
    assert await home.front.send(HOME, HELP, "result", instead_of=first) == first
    async with home.tab() as tab:
        assert texts(await history(tab)) == ["Picture 3", "Send"]


async def test_in_place_of_what_is_gone_a_new_message_is_posted(home: Served) -> None:
    gone = MessageRef("web", "home", "gone")
    ref = await home.front.send(HOME, HELP, "result", instead_of=gone)
    assert ref != gone
    await home.front.remove(gone)
    async with home.tab() as tab:
        assert [entry["id"] for entry in await history(tab)] == [ref.id]
        await home.front.remove(ref)
        assert await history(tab) == []


async def test_people_in_a_room_read_one_another(team: Served) -> None:
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        await send(ana, "typed", text="/imagine a fox")
        (seen,) = await history(bob)
    assert (seen["name"], seen["mine"], seen["body"]["text"]) == ("Ana", False, "/imagine a fox")


async def test_a_private_answer_is_read_by_its_person_alone(team: Served) -> None:
    team.app.answer = answering(say("web-send"), private=True)
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        await send(ana, "typed", text="hello all")
        assert texts(await history(ana)) == ["hello all", "Send"]
        assert texts(await history(bob)) == ["hello all"]
        assert [entry["private"] for entry in await history(ana)] == [False, True]


async def test_words_that_only_bring_a_private_answer_stay_private_too(team: Served) -> None:
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        for text in ("/quota", "/imagin a fox", "/imagine a fox --colour red", "/imagine a secret —private", "/start"):
            await send(ana, "typed", text=text)
        for text in ("/imagine a fox --private off", "not a /quota", "hello"):
            await send(ana, "typed", text=text)
        assert texts(await history(bob)) == ["/imagine a fox --private off", "not a /quota", "hello"]
        assert len(await history(ana)) == 7  # all but /start, which no person types


async def test_a_private_result_goes_where_its_private_progress_stood(team: Served) -> None:
    progress: list[MessageRef] = []

    async def answer(_incoming: Incoming, speak: Speak) -> None:
        progress.append(await speak(Progress(lines=(), state="queued", done=0, total=1, private=True)))

    team.app.answer = answer
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        await send(ana, "typed", text="/imagine a secret --private")
        await team.front.send(TEAM, SECRET, "result", instead_of=progress[0])
        assert texts(await history(ana))[-1] == "Send"
        assert await history(bob) == []


async def test_what_becomes_private_leaves_the_room(team: Served) -> None:
    public = await team.front.send(TEAM, HELP, "progress")

    async def answer(_incoming: Incoming, speak: Speak) -> None:
        await speak(SECRET, instead_of=public)

    team.app.answer = answer
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        await send(ana, "pressed", message=public.id, action="v1:cancel:1")
        assert texts(await history(ana)) == ["Send"]
        assert await history(bob) == []


async def test_a_private_message_for_nobody_in_particular_is_shown_to_nobody(team: Served) -> None:
    await team.front.send(TEAM, SECRET, "result")
    async with team.member("Ana") as ana:
        assert await history(ana) == []


async def test_nobody_reacts_to_what_they_cannot_read(team: Served) -> None:
    team.app.answer = answering(say("web-send"), private=True)
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        await send(ana, "typed", text="hello")
        answer = (await history(ana))[-1]
        await send(bob, "reacted", message=answer["id"], emoji="✅", added=True)
        assert (await history(ana))[-1]["reactions"] == []


async def test_people_vote_with_reactions_side_by_side(team: Served) -> None:
    ref = await team.front.send(TEAM, HELP, "result")
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        for tab in (ana, bob, bob):
            await send(tab, "reacted", message=ref.id, emoji="✅", added=True)
        (seen,) = await history(ana)
    assert seen["reactions"] == [{"emoji": "✅", "count": 2, "mine": True}]


async def test_history_comes_in_pages_from_the_newest_back(home: Served) -> None:
    for number in range(60):
        await home.front.send(HOME, Say(lines=(say("web-picture", number=number),)), f"key {number}")
    async with home.tab() as tab:
        newest = await history(tab)
        assert texts(newest) == [f"Picture {number}" for number in range(10, 60)]
        assert texts(await history(tab, before=newest[0]["id"])) == [f"Picture {number}" for number in range(10)]
