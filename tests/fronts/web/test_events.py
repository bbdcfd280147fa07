"""What people do on the page reaches the app as values, and stands in the chat."""

import json
from uuid import uuid4

import pytest

from bot.core.chat.messages import Incoming, MessageRef, Press, Reaction, Reply, Say, Show, Speak, Submit, Upload, say
from tests.fronts.web.serving import HOME, Served, answering, attach, history, send, texts


async def test_typed_words_arrive_as_an_upload_and_stand_in_the_chat(home: Served) -> None:
    id_ = str(uuid4())
    async with home.tab(**{"Accept-Language": "fr-CA,en;q=0.1"}) as tab:
        response = await send(tab, "typed", id=id_, text="/quota please")
        assert await response.json() == {"answered": False, "locale": "fr-CA"}
        (heard,) = home.app.heard
        assert isinstance(heard, Upload)
        assert (heard.event_id, heard.text, heard.place, heard.locale) == (f"web:{id_}", "/quota please", HOME, "fr-CA")
        assert (heard.who.platform, heard.who.id, heard.who.name) == ("local", "operator", "You")
        (entry,) = await history(tab)
    assert (entry["id"], entry["mine"], entry["author"], entry["private"]) == (id_, True, "person", False)


async def test_photos_arrive_as_values_and_stand_in_the_chat_by_name(home: Served) -> None:
    async with home.tab() as tab:
        await attach(tab, {"ana.jpg": b"first", "fotos/été.png": b"", "large.jpg": b"x" * 25_000_000}, text="hi")
        (heard,) = home.app.heard
        assert isinstance(heard, Upload)
        assert [(photo.name, photo.size) for photo in heard.photos] == [
            ("ana.jpg", 5), ("été.png", 0), ("large.jpg", 25_000_000),
        ]  # fmt: skip
        assert home.app.read == [b"first", b"", b"x" * 25_000_000]
        (entry,) = await history(tab)
    assert entry["body"] == {
        "kind": "person", "text": "hi", "photos": ["ana.jpg", "été.png", "large.jpg"], "reply_to": None,
    }  # fmt: skip


async def test_more_than_ten_photos_are_refused_in_words(home: Served) -> None:
    async with home.tab() as tab:
        response = await attach(tab, {f"{number}.jpg": b"x" for number in range(11)})
        assert response.status == 400
        assert "At most 10 photos" in (await response.json())["error"]
    assert home.app.heard == []


async def test_an_answer_to_our_message_is_a_reply(home: Served) -> None:
    async with home.tab() as tab:
        await send(tab, "typed", text="warmer light", reply_to="m1")
    (heard,) = home.app.heard
    assert isinstance(heard, Reply)
    assert (heard.to, heard.text) == (MessageRef("web", "home", "m1"), "warmer light")


async def test_a_button_is_a_press_and_leaves_no_words(home: Served) -> None:
    async with home.tab() as tab:
        await send(tab, "pressed", message="m1", action="v1:keep:7")
        assert await history(tab) == []
    (heard,) = home.app.heard
    assert isinstance(heard, Press)
    assert (heard.action, heard.message) == ("v1:keep:7", MessageRef("web", "home", "m1"))


async def test_a_reaction_stays_on_the_message_until_it_is_taken_off(home: Served) -> None:
    ref = await home.front.send(HOME, Show(lines=(say("web-send"),), pictures=(), reactions=("✅",)), "key")
    async with home.tab() as tab:
        for added in (True, False):
            await send(tab, "reacted", message=ref.id, emoji="✅", added=added)
            (entry,) = await history(tab)
            assert entry["reactions"] == [{"emoji": "✅", "count": int(added), "mine": added}]
    heard = [(one.emoji, one.added, one.message) for one in home.app.heard if isinstance(one, Reaction)]
    assert heard == [("✅", True, ref), ("✅", False, ref)]


async def test_a_filled_form_is_a_submit_with_its_photos(home: Served) -> None:
    async with home.tab() as tab:
        await attach(tab, {"ana.jpg": b"face"}, type="filled", form="persona", fields={"name": "Mila"})
    (heard,) = home.app.heard
    assert isinstance(heard, Submit)
    assert (heard.form, heard.fields, home.app.read) == ("persona", {"name": "Mila"}, [b"face"])


async def test_what_the_app_says_follows_in_the_chat(home: Served) -> None:
    home.app.answer = answering(say("web-send"))
    async with home.tab() as tab:
        await send(tab, "typed", text="/queue")
        assert texts(await history(tab)) == ["/queue", "Send"]


async def test_the_page_learns_whether_new_messages_answer_it(home: Served) -> None:
    ref = await home.front.send(HOME, Say(lines=(say("web-send"),)), "old")

    async def answer(incoming: Incoming, speak: Speak) -> None:
        asked = isinstance(incoming, Press) and incoming.action
        await speak(Say(lines=(say("web-keep"),)), instead_of=ref if asked == "change" else None)

    home.app.answer = answer
    async with home.tab() as tab:
        for action, answered in (("change", False), ("add", True)):
            response = await send(tab, "pressed", message=ref.id, action=action)
            assert (await response.json())["answered"] is answered


async def test_an_event_sent_again_says_nothing_twice(home: Served) -> None:
    home.app.answer = answering(say("web-send"))
    id_ = str(uuid4())
    async with home.tab() as tab:
        for _ in range(2):
            await send(tab, "typed", id=id_, text="/queue")
        assert texts(await history(tab)) == ["/queue", "Send"]
    assert [heard.event_id for heard in home.app.heard] == [f"web:{id_}"] * 2


@pytest.mark.parametrize(
    "body",
    ["", "nonsense", "[]", '{"type": "typed"}', '{"type": "typed", "id": "not a uuid", "text": "hi"}',
     '{"type": "dance", "id": "6f2c1a34-0000-4000-8000-000000000000"}',
     '{"type": "pressed", "id": "6f2c1a34-0000-4000-8000-000000000000", "message": "m", "action": ""}'],
)  # fmt: skip
async def test_what_is_no_event_is_refused_in_words(home: Served, body: str) -> None:
    async with home.tab() as tab, tab.post("/api/events", data=body) as response:
        assert response.status == 400
        assert "not understood" in (await response.json())["error"]
    assert home.app.heard == []


async def test_an_empty_chat_is_greeted_once_however_many_pages_are_open(home: Served) -> None:
    home.app.answer = answering(say("web-send"))
    async with home.tab() as tab:
        for _ in range(2):
            await tab.post("/api/greeting", data=json.dumps({"type": "typed", "id": str(uuid4())}))
        assert texts(await history(tab)) == ["Send"]
    (heard,) = home.app.heard
    assert isinstance(heard, Upload)
    assert heard.text == "/start"


async def test_the_page_learns_the_language_its_reader_chose(home: Served) -> None:
    home.app.chosen = "fr"
    async with home.tab() as tab:
        assert await (await send(tab, "typed", text="hi")).json() == {"answered": False, "locale": "fr"}
        async with tab.get("/api/session") as response:
            assert (await response.json())["words"]["web-send"] == "Envoyer"
        async with tab.get("/") as response:
            assert '<html lang="fr">' in await response.text()


async def test_a_failure_on_our_side_is_told_in_words(home: Served) -> None:
    async def fail(_incoming: object, _speak: object) -> None:
        raise RuntimeError("the disk is full")

    home.app.answer = fail
    async with home.tab() as tab:
        response = await send(tab, "typed", text="hi")
        assert response.status == 500
        assert (await response.json())["error"].startswith("Something went wrong on our side.")
