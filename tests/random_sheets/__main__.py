"""`python -m random_sheets 2000`: how many answers of how many sheets are taken rightly."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from random_sheets.layouts import write_sheet
from random_sheets.program import make_program
from random_sheets.reading_sheets import count_outcomes, count_questions, read_sheet_back

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "program"
        program = make_program(root)
        outcomes: Counter[str] = Counter()
        questions: Counter[int] = Counter()
        for seed in range(int(sys.argv[1])):
            answers, result = read_sheet_back(write_sheet(seed), root, program)
            outcomes += count_outcomes(answers)
            questions[count_questions(result)] += 1
            for answer in answers:
                if answer.outcome in ("wrong", "wrongly guessed", "lost"):
                    print(f"sheet {seed}: {answer}")
        print(f"answers: {dict(outcomes.most_common())}")
        print(f"sheets by number of questions: {dict(sorted(questions.items()))}")
