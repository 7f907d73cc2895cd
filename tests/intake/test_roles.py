"""Roles, in the words in which people wish for one."""

import pytest

from peerloom.intake.values.roles import read_role, read_role_confirmation

SURE = {
    "mentor": (
        *("Mentor", "mentors", "be a mentor", "I'd like to be a mentor", "Become a mentor"),
        *("mentoring others", "I want to mentor others", "Mentor someone", "Find a mentee"),
        *("looking for mentees", "Offer mentoring", "Sign up as mentor", "Yes, as mentor"),
        *(
            "Mentor (experienced)",
            "Help a mentee",
            "Mentor/in",
            "Mentor*in",
            "Ich möchte Mentor:in werden",
        ),
        *("Quiero ser mentora", "Quero ser mentor", "Être mentor", "Je veux être mentor"),
    ),
    "mentee": (
        *("Mentee", "Mentees", "Become a mentee", "I need a mentor", "Find a mentor", "Learner"),
        *("to be mentored by", "To be mentored by someone", "Be mentored", "get mentored"),
        *("I am looking for a mentor", "Have a mentor", "Receive mentoring", "protégé"),
        *("I would like to receive mentorship", "Ich suche eine Mentorin", "Busco mentor"),
        *("Necesito un mentor", "Je cherche un mentor", "Preciso de um mentor", "mentorado"),
        *(
            "Mentorée",
            "Mentoré",
            "Mentoré(e)",
            "Ich brauche einen Mentor",
            "Mentor me",
            "a mentor for me",
        ),
        *("I want someone to mentor me", "I am a mentee looking for a mentor"),
    ),
    "either": (
        *("both", "either", "Both!", "mentor, mentee", "Mentor and mentee", "Mentee / mentor"),
        *("Mentor or mentee, no preference", "I would like to be both a mentor and a mentee"),
        *("ambos", "beides", "les deux", "Peer", "Mentor;Mentee"),
    ),
}


@pytest.mark.parametrize(("text", "role"), [(t, role) for role in SURE for t in SURE[role]])
def test_a_wish_is_read_as_its_role(text, role):
    read = read_role(text)
    assert (read.certainty, read.value) == ("certain", role)


@pytest.mark.parametrize(
    "text",
    [
        *("Senior Policy Advisor", "Peer Support Worker", "Analyst", "Big", "Student advisor"),
        *("Yes", "Team lead", "Peer reviewer", "Tutor", "45-54"),
    ],
)
def test_a_job_is_no_role(text):
    read = read_role(text)
    assert (read.certainty, read.value) == ("left_out", None)
    assert read.message.endswith("must be mentor, mentee or either, and names none of them")


@pytest.mark.parametrize(
    "text",
    [
        "no mentor needed",
        "I have a mentor already",
        *("not a mentor", "Mentor if needed", "I want to be a mentor, not a mentee"),
        *("Lead Mentor at Acme", "Mentoring coordinator", "Mentoring", "kein Mentor"),
        *(
            "maybe a mentor",
            "I'd rather be mentored than mentor",
            "Mentor to a mentee",
            "Was a mentee, now a mentor",
            "mentore",
            "Mentor Programme Manager (HR)",
        ),
    ],
)
def test_a_role_with_a_condition_or_in_a_title_is_asked_for(text):
    read = read_role(text)
    assert read.value is None
    assert (read.certainty, read.choices) == ("ask", ("mentor", "mentee", "either"))


@pytest.mark.parametrize("text", ["", "n/a", "-", "TBD", "keine Angabe"])
def test_a_filler_is_no_role_and_nothing_to_ask_about(text):
    assert not read_role(text).is_answer


@pytest.mark.parametrize(
    ("text", "certainty", "value", "choices"),
    [
        ("Yes", "certain", "mentor", ()),
        ("✓", "certain", "mentor", ()),
        ("Sí", "certain", "mentor", ()),
        ("No", "ask", None, ("mentee", None)),
        ("No, thanks", "ask", None, ("mentee", None)),
        ("maybe", "ask", None, ("mentor", "mentee")),
        ("I need a mentor", "certain", "mentee", ()),
        ("", "certain", None, ()),
    ],
)
def test_yes_to_being_a_mentor_is_mentor_and_no_is_asked_for(text, certainty, value, choices):
    read = read_role_confirmation(text, "mentor")
    assert (read.certainty, read.value, read.choices) == (certainty, value, choices)


@pytest.mark.parametrize(
    ("question", "text", "role"),
    [
        ("I am looking for", "A mentor", "mentee"),
        ("I am looking for", "Mentee", "mentor"),
        ("I am looking for", "Both", "either"),
        ("I am looking to be", "A mentor", "mentor"),
        ("What do you need?", "Be a mentor", "mentor"),
        ("I want to be", "A mentor", "mentor"),
    ],
)
def test_a_question_about_whom_somebody_looks_for_turns_a_bare_role_round(question, text, role):
    assert read_role(text, question).value == role
