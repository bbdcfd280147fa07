"""May this photo or persona be used here, by this person, now? Every rule, one line of a table each."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.messages import Audience
from bot.core.consent.rules import ANSWERS, PhotoFacts, Ruling, decide
from storage.tables.consents import Subject
from storage.tables.enums import Answer, PersonaKind, SubjectKind

YES = Ruling()
ASK = Ruling(ask=True)
CHILD = Ruling(child=True)
NOT_YOURS = Ruling(refused="consent-not-yours")
ONLY_PRIVATELY = Ruling(refused="consent-child-private")
NO_CONSENT = Ruling(refused="consent-persona")
NO_CHILD_PERSONAS = Ruling(refused="consent-persona-child")


def photo(owner: str = "anna", *, face: bool = True, persona: str | None = None) -> PhotoFacts:
    return PhotoFacts(
        key="p1", owner=owner, has_face=face, persona="mila" if persona else None, persona_kind=persona
    )  # fmt: skip


ONE_OFF = photo()
FACELESS = photo(face=False)
REAL = photo(persona="real")
REAL_BACK = photo(face=False, persona="real")
BENS = photo("ben")

Said = Mapping[Subject, Answer]
NOTHING: Said = {}


def of_photo(answer: Answer) -> Said:
    return {Subject(SubjectKind.PHOTO, "p1"): answer}


def of_user(answer: Answer) -> Said:
    return {Subject(SubjectKind.USER, "anna"): answer}


def of_persona(answer: Answer) -> Said:
    return {Subject(SubjectKind.PERSONA, "mila"): answer}


@pytest.mark.parametrize(
    ("subject", "said", "private", "group"),
    [
        # somebody else's photo is nobody's to use, whatever was said of it
        (BENS, NOTHING, NOT_YOURS, NOT_YOURS),
        (BENS, of_photo(Answer.ADULT), NOT_YOURS, NOT_YOURS),
        (photo("ben", face=False), NOTHING, NOT_YOURS, NOT_YOURS),
        (photo("ben", persona="real"), of_persona(Answer.ME), NOT_YOURS, NOT_YOURS),
        # a photo without a face needs no answer
        (FACELESS, NOTHING, YES, YES),
        # the first photo with a face asks
        (ONE_OFF, NOTHING, ASK, ASK),
        # what was said of a photo holds for it
        (ONE_OFF, of_photo(Answer.ME), YES, YES),
        (ONE_OFF, of_photo(Answer.ADULT), YES, YES),
        (ONE_OFF, of_photo(Answer.UNREAL), YES, YES),
        # "me" and "an adult who agreed" hold for a person's later photos
        (ONE_OFF, of_user(Answer.ME), YES, YES),
        (ONE_OFF, of_user(Answer.ADULT), YES, YES),
        # "a child" and "nobody real" do not: a later photo asks anew
        (ONE_OFF, of_user(Answer.CHILD), ASK, ASK),
        (ONE_OFF, of_user(Answer.UNREAL), ASK, ASK),
        # children: in private only, even where no face was found
        (ONE_OFF, of_photo(Answer.CHILD), CHILD, ONLY_PRIVATELY),
        (FACELESS, of_photo(Answer.CHILD), CHILD, ONLY_PRIVATELY),
        # what was said of the photo itself wins over what the person said before
        (ONE_OFF, {**of_user(Answer.ME), **of_photo(Answer.CHILD)}, CHILD, ONLY_PRIVATELY),
        (ONE_OFF, {**of_user(Answer.ADULT), **of_photo(Answer.UNREAL)}, YES, YES),
        # an answer about another photo or another persona is none
        (ONE_OFF, {Subject(SubjectKind.PHOTO, "p2"): "me"}, ASK, ASK),
        (REAL, {Subject(SubjectKind.PERSONA, "luca"): "me"}, ASK, ASK),
        # the persona of a real adult records consent for itself, faces or not
        (REAL, NOTHING, ASK, ASK),
        (REAL_BACK, NOTHING, ASK, ASK),
        (REAL, of_user(Answer.ME), ASK, ASK),
        (REAL, of_photo(Answer.ADULT), ASK, ASK),
        (REAL, of_persona(Answer.ME), YES, YES),
        (REAL, of_persona(Answer.ADULT), YES, YES),
        (REAL, of_persona(Answer.UNREAL), NO_CONSENT, NO_CONSENT),
        (REAL, of_persona(Answer.CHILD), NO_CONSENT, NO_CONSENT),
        # a persona of nobody real needs none
        (photo(persona="fictional"), NOTHING, YES, YES),
        (photo(persona="illustrated"), NOTHING, YES, YES),
        (photo(persona="product"), NOTHING, YES, YES),
        # there are no personas of children, whatever was said of the persona
        (REAL, {**of_persona(Answer.ADULT), **of_photo(Answer.CHILD)}, NO_CHILD_PERSONAS, NO_CHILD_PERSONAS),
        (photo(persona="fictional"), of_photo(Answer.CHILD), NO_CHILD_PERSONAS, NO_CHILD_PERSONAS),
    ],
)
def test_the_table(subject: PhotoFacts, said: Said, private: Ruling, group: Ruling) -> None:
    assert decide("anna", subject, said, Audience.PRIVATE) == private
    assert decide("anna", subject, said, Audience.GROUP) == group


SUBJECTS = st.builds(
    PhotoFacts,
    key=st.just("p1"),
    owner=st.sampled_from(["anna", "ben"]),
    has_face=st.booleans(),
    persona=st.sampled_from([None, "mila"]),
    persona_kind=st.sampled_from(PersonaKind),
)
SUBJECTS_OF_ANSWERS = [
    Subject(SubjectKind.PHOTO, "p1"),
    Subject(SubjectKind.USER, "anna"),
    Subject(SubjectKind.USER, "ben"),
    Subject(SubjectKind.PERSONA, "mila"),
]
SAID = st.dictionaries(st.sampled_from(SUBJECTS_OF_ANSWERS), st.sampled_from(ANSWERS))
AUDIENCES = st.sampled_from(Audience)


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_childs_photo_is_never_used_in_a_group_or_in_a_persona(
    subject: PhotoFacts, said: Said, audience: Audience
) -> None:
    ruling = decide("anna", subject, {**said, Subject(SubjectKind.PHOTO, "p1"): "child"}, audience)
    assert ruling.allowed <= (audience == "private" and subject.persona is None and ruling.child)


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_photo_of_a_real_face_is_never_used_before_somebody_said_who_it_is(
    subject: PhotoFacts, said: Said, audience: Audience
) -> None:
    if decide("anna", subject, said, audience).allowed and subject.has_face:
        invented = subject.persona is not None and subject.persona_kind != "real"
        assert said or invented


@given(SUBJECTS, SAID, AUDIENCES)
def test_a_ruling_asks_or_refuses_or_allows(subject: PhotoFacts, said: Said, audience: Audience) -> None:
    ruling = decide("anna", subject, said, audience)
    assert [ruling.ask, ruling.refused is not None, ruling.allowed].count(True) == 1
