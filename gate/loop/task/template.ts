/**
 * The text of a new task: complete, valid as it stands, and said to a person who will change it.
 */

/** YAML for the task of this name; the name must fit the schema. */
export function taskTemplate(name: string): string {
  return TEXT.replaceAll('NAME', /^(?:0|[1-9]\d{0,14})$/.test(name) ? name : JSON.stringify(name));
}

const TEXT = `# What the governance loop verifies: bash scripts/dev_loop.sh --task NAME
# Every stage that stands here is asked for; leave out what the task does not need.
# An unknown field is an error. Paths stay inside the project.
format: 1
task: NAME
title: A title in one line

stages:
  preflight:
    deadlineSeconds: 120
    tree: recorded # or: clean, to refuse a tree that differs from its commit

  build: # types, lint, unit tests
    deadlineSeconds: 1800

  stress:
    deadlineSeconds: 300
    log: reference # its log is archived, its run fills the rows A1 to A7
    scenarios:
      - scenario: reference # a gallery name, a file of the project, or a playground link
        expect: passed
        thresholds:
          symbolsMin: 3
          intervalMsBelow: 50
          pairsMin: 150
          tradesPerSecondAbove: 50
          latencyMsBelow: 100
      - scenario: escaping-lock # a gate that cannot fail proves nothing
        expect: violated:lock.exclusion

  explore:
    deadlineSeconds: 900
    searches:
      - scenario: reference
        strategy: pct
        schedules: 1000
        want: not-refuted # so many schedules, and no violation
      - scenario: flag-race
        strategy: random
        schedules: 1000
        want: refuted
        check: lock.exclusion
      - scenario: flag-race-repaired
        strategy: exhaustive
        schedules: 1000000
        want: proved

  browser:
    deadlineSeconds: 1200
    proofs: [digest] # words in the titles of browser tests that must have passed
    scenarios: [reference] # of the gallery: the page must come to the command line's digest

  live:
    deadlineSeconds: 300
    scenario: reference

  logic-review: # Claude, with ANTHROPIC_API_KEY: is the concurrency safe?
    required: true
    deadlineSeconds: 1800
    attemptSeconds: 900
    model: claude-opus-5-5
    files:
      - sim/kernel/*.ts
      - sim/locks/*.ts
      - sim/zmq/*.ts
      - '!**/*.test.ts'

  context-review: # Gemini, with GEMINI_API_KEY: are the documents complete?
    required: true
    deadlineSeconds: 1800
    attemptSeconds: 900
    model: gemini-3.1-pro-preview
    files:
      - README.md
      - CONTRIBUTING.md
      - docs/**/*.md

  registration: # a Notion page, with NOTION_TOKEN and NOTION_PARENT_ID
    required: false
    deadlineSeconds: 120
`;
