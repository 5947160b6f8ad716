# SPDX-License-Identifier: GPL-3.0-or-later
"""A team in a process of its own, and what it says; see drive-team.c."""

import cluster
import directory
import driver
from account import AccountCase


class Team(driver.Driver):
    program = "ROSTER_DRIVE_TEAM"

    def __init__(self, *arguments, **options):
        self.reasons = {}
        self.n_people = -1
        self.names = []
        self.progress = []
        self.edit_reason = None
        super().__init__(*arguments, **options)

    def hear(self, line):
        kind, _, words = line.partition(" ")
        if kind == "state":
            state, _, self.reasons[state] = words.partition(" ")
            if self.states[-1:] != [state]:
                self.states.append(state)
        elif kind == "people":
            self.n_people = int(words)
        elif kind == "names":
            self.names = words.split("\t")
        elif kind == "edit":
            self.edit_reason = words
        elif kind == "progress":
            self.progress.append(float(words))
        else:
            super().hear(line)

    def begin(self, *words):
        tag = driver.new_tag()
        self.say(tag, *words)
        return tag

    def run(self, *words):
        return self.outcome(self.begin(*words))[0]

    def wait_for_state(self, state):
        self.wait(lambda: self.states[-1:] == [state], f"it is not {state}")

    def wait_for_people(self, n):
        self.wait(lambda: self.n_people == n, f"there are not {n} people")

    def kill(self):
        self.process.kill()
        self.process.wait(cluster.DEADLINE_S)
        self.process.stdin.close()


class TeamCase(AccountCase):
    """Members with teams of their own, each in a folder of its own, all in one keyring."""

    def team(self, pooled=None, role=None, folder="team", listens=True):
        direct = self.url(role)
        urls = (pooled or direct, direct) if listens else (pooled or direct,)
        team = Team(folder, self.bus.folder / folder, *urls, environment=self.bus.environment)
        self.addCleanup(self._end, team)
        self.assertEqual(team.run("open"), "ok")
        return team

    def signed_in(self, email="member@example.com", **options):
        team = self.team(**options)
        self.assertEqual(team.run("sign-in", f"subject of {email}", email), "ok")
        team.wait_for_state("live")
        return team

    def fill(self, n):
        self.owner.rows(
            "INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)"
            " SELECT 'c' || lpad(i::text, 24, '0'), 'Person ' || i, i || '@example.com', '+49 30 1', t, t"
            " FROM generate_series(1, %s) AS i, (SELECT roster.now_utc() AS t) AS now", n,
        )  # fmt: skip

    def add(self, team, name="Alice Johnson"):
        person = directory.new_id()
        self.assertEqual(team.run("add", person, name), "ok")
        return person
