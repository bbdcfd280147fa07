"""May this photo or persona be used here, by this person, now? Every rule, one line of a table each."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.messages import Audience
from bot.core.consent.rules import ANSWERS, Answer, Ruling, Subject, decide

YES = Ruling()
ASK = Ruling(ask=True)
CHILD = Ruling(child=True)
NOT_YOURS = Ruling(refused="consent-not-yours")
ONLY_PRIVATELY = Ruling(refused="consent-child-private")
NO_CONSENT = Ruling(refused="consent-persona")
NO_CHILD_PERSONAS = Ruling(refused="consent-persona-child")


def photo(owner: str = "anna", *, face: bool = True, persona: str | None = None) -> Subject:
    return Subject(
        photo="p1", owner=owner, has_face=face, persona="mila" if persona else None, persona_kind=persona
    )  # fmt: skip


ONE_OFF = photo()
FACELESS = photo(face=False)
REAL = photo(persona="real")
REAL_BACK = photo(face=False, persona="real")
BENS = photo("ben")

Said = Mapping[tuple[str, str], Answer]
NOTHING: Said = {}


def of_photo(answer: Answer) -> Said:
    return {("photo", "p1"): answer}


def of_user(answer: Answer) -> Said:
    return {("user", "anna"): answer}


def of_persona(answer: Answer) -> Said:
    return {("persona", "mila"): answer}


@pytest.mark.parametrize(
    ("subject", "said", "private", "group"),
    [
        # somebody else's photo is nobody's to use, whatever was said of it
        (BENS, NOTHING, NOT_YOURS, NOT_YOURS),
        (BENS, of_photo("adult"), NOT_YOURS, NOT_YOURS),
        (photo("ben", face=False), NOTHING, NOT_YOURS, NOT_YOURS),
        (photo("ben", persona="real"), of_persona("me"), NOT_YOURS, NOT_YOURS),
        # a photo without a face needs no answer
        (FACELESS, NOTHING, YES, YES),
        # the first photo with a face asks
        (ONE_OFF, NOTHING, ASK, ASK),
        # what was said of a photo holds for it
        (ONE_OFF, of_photo("me"), YES, YES),
        (ONE_OFF, of_photo("adult"), YES, YES),
        (ONE_OFF, of_photo("unreal"), YES, YES),
        # "me" and "an adult who agreed" hold for a person's later photos
        (ONE_OFF, of_user("me"), YES, YES),
        (ONE_OFF, of_user("adult"), YES, YES),
        # "a child" and "nobody real" do not: a later photo asks anew
        (ONE_OFF, of_user("child"), ASK, ASK),
        (ONE_OFF, of_user("unreal"), ASK, ASK),
        # children: in private only, even where no face was found
        (ONE_OFF, of_photo("child"), CHILD, ONLY_PRIVATELY),
        (FACELESS, of_photo("child"), CHILD, ONLY_PRIVATELY),
        # what was said of the photo itself wins over what the person said before
        (ONE_OFF, {**of_user("me"), **of_photo("child")}, CHILD, ONLY_PRIVATELY),
        (ONE_OFF, {**of_user("adult"), **of_photo("unreal")}, YES, YES),
        # an answer about another photo or another persona is none
        (ONE_OFF, {("photo", "p2"): "me"}, ASK, ASK),
        (REAL, {("persona", "luca"): "me"}, ASK, ASK),
        # the persona of a real adult records consent for itself, faces or not
        (REAL, NOTHING, ASK, ASK),
        (REAL_BACK, NOTHING, ASK, ASK),
        (REAL, of_user("me"), ASK, ASK),
        (REAL, of_photo("adult"), ASK, ASK),
        (REAL, of_persona("me"), YES, YES),
        (REAL, of_persona("adult"), YES, YES),
        (REAL, of_persona("unreal"), NO_CONSENT, NO_CONSENT),
        (REAL, of_persona("child"), NO_CONSENT, NO_CONSENT),
        # a persona of nobody real needs none
        (photo(persona="fictional"), NOTHING, YES, YES),
        (photo(persona="illustrated"), NOTHING, YES, YES),
        (photo(persona="product"), NOTHING, YES, YES),
        # there are no personas of children, whatever was said of the persona
        (REAL, {**of_persona("adult"), **of_photo("child")}, NO_CHILD_PERSONAS, NO_CHILD_PERSONAS),
        (photo(persona="fictional"), of_photo("child"), NO_CHILD_PERSONAS, NO_CHILD_PERSONAS),
    ],
)
def test_the_table(subject: Subject, said: Said, private: Ruling, group: Ruling) -> None:
    assert decide("anna", subject, said, "private") == private
    assert decide("anna", subject, said, "group") == group


SUBJECTS = st.builds(
    Subject,
    photo=st.just("p1"),
    owner=st.sampled_from(["anna", "ben"]),
    has_face=st.booleans(),
    persona=st.sampled_from([None, "mila"]),
    persona_kind=st.sampled_from(["real", "fictional", "illustrated", "product"]),
)
SAID = st.dictionaries(
    st.sampled_from([("photo", "p1"), ("user", "anna"), ("user", "ben"), ("persona", "mila")]), st.sampled_from(ANSWERS)
)
AUDIENCES = st.sampled_from(["private", "group"])


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_childs_photo_is_never_used_in_a_group_or_in_a_persona(
    subject: Subject, said: Said, audience: Audience
) -> None:
    ruling = decide("anna", subject, {**said, ("photo", "p1"): "child"}, audience)
    assert ruling.allowed <= (audience == "private" and subject.persona is None and ruling.child)


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_photo_of_a_real_face_is_never_used_before_somebody_said_who_it_is(
    subject: Subject, said: Said, audience: Audience
) -> None:
    if decide("anna", subject, said, audience).allowed and subject.has_face:
        invented = subject.persona is not None and subject.persona_kind != "real"
        assert said or invented


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_ruling_asks_or_refuses_or_allows(subject: Subject, said: Said, audience: Audience) -> None:
    ruling = decide("anna", subject, said, audience)
    assert [ruling.ask, ruling.refused is not None, ruling.allowed].count(True) == 1
