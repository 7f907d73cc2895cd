"""Words that may speak of danger are heard, and the same words of code, data and work are not."""

import pytest

from peerloom.progress.calls import list_asks
from peerloom.progress.words_of_danger import speaks_of_danger

DANGER = (
    "He keeps sending me photos of himself without a shirt.",
    "She follows me home after every meeting.",
    "He turned up at my flat uninvited.",
    "He waited outside my house again.",
    "He asked me for sex.",
    "He yelled at me and threw a chair.",
    "He threw a cup at me.",
    "He makes comments about my body.",
    "She said she would report me to immigration if I complain.",
    "I don't feel comfortable being alone with him.",
    "I am uncomfortable with him.",
    "He put his hand on my knee.",
    "He touched my legs.",
    "He tried to kiss me.",
    "He wants me to send nudes.",
    "He demanded money from me.",
    "I am in danger.",
    "I'm thinking of ending it all.",
    "I don't want to live anymore.",
    "He shouted and pushed me against the wall.",
    "She called me a racial slur.",
    "She calls me stupid.",
    "He slapped me.",
    "He punched me",
    "He hit me.",
    "Meet in public only, since he touched me.",
    "I have been cutting myself",
    "He won't stop texting me at night",
    "She does not leave me alone",
    "He keeps making advances",
    "He insults me in front of others",
    "he wouldn't let me leave the room",
    "He said he'd hurt me",
    "I feel threatened.",
    "He threatens to tell my boss",
    "I am being bullied",
    "The way he looked at me scared me.",
    "I am scared of my mentor.",
    "I am afraid he will come again",
    "I was discriminated against.",
    "She abuses me.",
    "Me toca y tengo miedo",
    "Il me fait peur",
    "Er macht mir Angst",
    "Ele me faz medo",
)
HARMLESS = (
    "An abuse of notation, but it works.",
    "We discriminate classes with a linear model",
    "A discriminative model, and linear discriminant analysis",
    "Discrimination between two dialects is hard",
    "This really hit me: tests matter",
    "It touched me how kind she is",
    "We grabbed me a coffee",
    "He was terrified of public speaking",
    "The deadline scared me",
    "I was scared of the exam.",
    "It threatens validity, as threats to internal validity do",
    "Mobbed by mail this week",
    "I'm afraid I will be late",
    "I am afraid we cannot meet.",
    "Not sure it is safe to deploy on Friday.",
    "The library is thread-safe, not memory safe.",
    "Rapid prototyping with rapeseed data, and a therapist",
    "The results violate the assumption",
    "She pushes me to finish, and I like it",
    "He pushed me hard to write every day",
    "A column for sex and one for age",
    "I do not feel comfortable with Git yet",
    "She kept asking me questions",
    "He shows up at every meeting",
    "The talk was on the hand, not on the data",
    "Follow me on the repository",
    "I called her a good friend",
    "Let me leave it there for now",
    "We made advances in parsing.",
    "The project is in danger of ending early",
    "She called me a good student",
    "The linter yells at me all day",
    "The test was inappropriate for these data",
    "Degrading performance on large files",
    "She made comments on my figure",
    "She gave me a hand on my project",
    "He beat me to it",
    "You can see it with the naked eye",
    "This deadline will kill me",
    "I cut myself some slack",
    "The form does not let me go back",
    "I am not comfortable speaking with people I do not know",
)


@pytest.mark.parametrize("text", DANGER)
def test_words_of_danger_are_heard(text: str) -> None:
    assert speaks_of_danger(f"All is fine with the code. {text}")


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_are_harmless_here_are_not_taken_for_danger(text: str) -> None:
    assert not speaks_of_danger(text)


def test_danger_is_heard_in_an_answer_to_a_question_of_the_program_itself() -> None:
    assert list_asks({"answers": {"spoke-about": ["Work"], "advice": "He hit me."}}) == ("danger",)
