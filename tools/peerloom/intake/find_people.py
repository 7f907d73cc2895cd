"""Whom of a sheet's people the program knows already."""

from collections.abc import Sequence

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text
from peerloom.intake.cluster_rows import Cluster
from peerloom.intake.known_people import KnownPeople, KnownPerson, UnclearPerson
from peerloom.intake.name_matching import digest_mail_address, names_may_be_one, record_word
from peerloom.intake.reading import PersonDecision, PersonQuestion
from peerloom.intake.result import ImportNote
from peerloom.records import Program
from peerloom.text.phrases import list_words


class PersonFinder:
    """Finds out whom the program knows already, those who are surely known first."""

    def __init__(
        self, program: Program, cohort: str, decisions: tuple[PersonDecision, ...]
    ) -> None:
        self.known_people = KnownPeople(program)
        self.notes: list[ImportNote] = []
        self.questions: list[PersonQuestion] = []
        self._program = program
        self._cohort = cohort
        self._decisions = decisions
        self._claimed: set[str] = set()

    def find_people(self, clusters: Sequence[Cluster]) -> list[tuple[Cluster, KnownPerson]]:
        """Return each cluster with its person; clusters for which it is not clear are refused."""
        found: dict[int, KnownPerson] = {}
        steps = (
            *(self._find_by_id, self._find_by_login, self._find_by_mail, self._find_by_name),
            *(self._ask_about_login, self._ask_about_namesake, self._add),
        )
        for step in steps:
            for n, cluster in enumerate(clusters):
                if n in found:
                    continue
                try:
                    person = step(cluster, clusters)
                except UnclearPerson as unclear:
                    self._refuse(cluster, unclear)
                    found[n] = KnownPerson("", "")
                    continue
                if person is not None:
                    found[n] = person
                    self._claimed.add(person.id)
        return [(c, found[n]) for n, c in enumerate(clusters) if found.get(n) and found[n].id]

    def _refuse(self, cluster: Cluster, unclear: UnclearPerson) -> None:
        for row in cluster:
            self.notes.append(
                row.answers.row.note("refused", unclear.field, unclear.message, unclear.help)
            )

    def _find_by_id(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        given = next((row.id for row in cluster if row.id), "")
        if not given:
            return None
        id_, person = self.known_people.find_by_id(given)
        if person is None:
            login, mark = _login_of(cluster), _mark_of(cluster)
            return self.known_people.add_new(id_, cluster[-1].name, login, mark)
        return self._complete(person, cluster)

    def _is_free(self, person: KnownPerson) -> bool:
        """Whether somebody was in the program before, and no other rows are theirs."""
        return not person.is_new and person.id not in self._claimed

    def _find_by_login(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        for row in reversed(cluster):
            person = self.known_people.find_by_login(row.login)
            if person and self._is_free(person) and _has_name_of(cluster, person):
                return self._complete(person, cluster)
        return None

    def _find_by_mail(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        """Return who has the name and the mail address of one of the rows."""
        for row in reversed(cluster):
            mark = digest_mail_address(row.mail) if row.mail else None
            namesakes = self.known_people.find_namesakes(row.name, row.login, mark)
            known = [p for p in namesakes if mark and p.mail_digest == mark and self._is_free(p)]
            if len(known) == 1:
                return self._complete(known[0], cluster)
        return None

    def _find_by_name(self, cluster: Cluster, clusters: Sequence[Cluster]) -> KnownPerson | None:
        name, login, mark = cluster[-1].name, _login_of(cluster), _mark_of(cluster)
        namesakes = list(filter(self._is_free, self.known_people.find_namesakes(name, login, mark)))
        if not namesakes:
            return None
        same_name = 1
        if len(namesakes) > 1:
            same_name = sum(fold_text(c[-1].name) == fold_text(name) for c in clusters)
        if same_name < len(namesakes):
            raise UnclearPerson(
                "name",
                f"several people have this name: {list_words(person.id for person in namesakes)}",
                "add a column with their GitHub login or id, so that it is clear who it is",
            )
        # Of two people of one name whom nothing else tells apart, their roles do.
        person = min(namesakes, key=lambda known: not self._has_part_of(known, cluster))
        if not self._has_part_of(person, cluster):
            common = f"has nothing but the name of {quoted(person.id)}, who is in the program"
            if not self._are_same(cluster, person, common, likely=True):
                return None
        return self._complete(person, cluster)

    def _ask_about_login(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        """Return who has the login, but another name, if it was decided so."""
        person = self.known_people.find_by_login(_login_of(cluster))
        if person is None or not self._is_free(person):
            return None
        common = f"has the GitHub login of {quoted(person.name)}, who is in the program"
        if not self._are_same(cluster, person, common, likely=False):
            return None
        return self._complete(person, cluster)

    def _ask_about_namesake(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson | None:
        """Return somebody of the name with another mail address, if it was decided so."""
        for person in self.known_people.find_namesakes(cluster[-1].name, None, None):
            is_other = bool(_mark_of(cluster)) and bool(person.mail_digest)
            if is_other and self._is_free(person):
                common = f"has the name of {quoted(person.id)}, who has another mail address"
                if self._are_same(cluster, person, common, likely=False):
                    return self._complete(person, cluster)
        return None

    def _complete(self, person: KnownPerson, cluster: Cluster) -> KnownPerson:
        self.known_people.complete(person, _login_of(cluster), _mark_of(cluster))
        return person

    def _has_part_of(self, person: KnownPerson, cluster: Cluster) -> bool:
        """Whether a person has all roles in the cohort that the rows sign up for."""
        parts = self._program.participants[person.id].cohorts
        roles = {part.role for part in parts if part.cohort == self._cohort}
        wished = {row.answers.role.role for row in cluster if row.answers.role}
        return bool(roles) and ("either" in roles or wished <= roles)

    def _are_same(
        self, cluster: Cluster, person: KnownPerson, common: str, *, likely: bool
    ) -> bool:
        """Whether rows are of somebody in the program: as it was decided, or is to be asked for."""
        words = {cluster[-1].word, record_word(person.id)}
        for decision in self._decisions:
            if words <= decision.people:
                return decision.are_same
        numbers = tuple(row.number for row in cluster)
        rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {list_words(map(str, numbers))}"
        self.questions.append(
            PersonQuestion(
                people=tuple(sorted(words)),
                rows=numbers,
                message=f"{rows}, {quoted(cluster[-1].name)}, {common}",
                are_likely_same=likely,
            )
        )
        return likely

    def _add(self, cluster: Cluster, _: Sequence[Cluster]) -> KnownPerson:
        name = cluster[-1].name
        id_ = self.known_people.free_id(name)
        return self.known_people.add_new(id_, name, _login_of(cluster), _mark_of(cluster))


def _has_name_of(cluster: Cluster, person: KnownPerson) -> bool:
    return any(names_may_be_one(person.name, row.name) for row in cluster)


def _login_of(cluster: Cluster) -> str | None:
    """Return the newest login that a person gave."""
    return next((row.login for row in reversed(cluster) if row.login), None)


def _mark_of(cluster: Cluster) -> str | None:
    """Return the mark of the newest mail address that a person gave."""
    mail = next((row.mail for row in reversed(cluster) if row.mail), None)
    return digest_mail_address(mail) if mail else None
