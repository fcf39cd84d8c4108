"""What whoever runs the gateway is promised: true accounts, flat memory, and nothing left over."""

from __future__ import annotations

from collections import Counter
from statistics import median

from scripts.chaos_gateway import CONCURRENCY, PRICES, RETRIES
from scripts.chaos_schedule import VENDORS
from scripts.chaos_trial import Check, Trial

GROWTH = 16 * 2**20
"""Bytes that memory may grow from the second quarter of a run to the last: caches of the libraries, and noise."""

UNSURE = frozenset({"cancelled", "timeout", "deadline_exceeded"})
"""Outcomes of attempts that nobody waited for, where the vendor may have answered in the same moment."""


def spending(trial: Trial) -> Check:
    """Every answer that the gateway paid for was billed. Of what it let go, an answer may have been on its way."""
    kept, said = True, []
    for name, visits in trial.visits.items():
        billed = sum(visit.billed for visit in visits)
        counted = round(trial.end.total("gateway_cost_total", upstream=name) / PRICES[name])
        unsure = sum(trial.end.total("gateway_attempts_total", upstream=name, outcome=end) for end in UNSURE)
        kept = kept and 0 <= billed - counted <= unsure
        said.append(f"{name} {billed * PRICES[name]:.2f}/{counted * PRICES[name]:.2f}")
    return Check("spending", kept, f"billed/counted: {', '.join(said)}")


def accounts_agree(trial: Trial) -> Check:
    """Metrics and journal hold the same money; a caller that waited was told what the journal says."""
    metrics = trial.end.total("gateway_cost_total")
    journal = sum(entry["cost"] for entry in trial.journal)
    told = sum(asked.cost for asked in trial.asked)
    requests = trial.end.total("gateway_requests_total")
    kept = abs(metrics - journal) < 0.005 and told <= journal + 0.005 and requests == len(trial.journal)
    said = f"metrics {metrics:.2f}, journal {journal:.2f}, told {told:.2f}; {len(trial.journal)} lines"
    return Check("accounts agree", kept, f"{said} for {requests:.0f} requests")


def memory(trial: Trial) -> Check:
    quarter = max(1, len(trial.samples) // 4)
    before = median(sample.memory for sample in trial.samples[quarter : 2 * quarter])
    after = median(sample.memory for sample in trial.samples[-quarter:])
    said = f"{before / 2**20:.1f} MiB in the second quarter, {after / 2**20:.1f} in the last"
    return Check("memory is flat", after - before <= GROWTH, said)


def nothing_left(trial: Trial) -> Check:
    """Of gauges, files and the log, when all callers have their answers."""
    last = trial.end
    gauges = ("inflight_requests", "inflight_body_bytes", "upstream_inflight", "queue_depth")
    held = {name: last.total(f"gateway_{name}") for name in gauges}
    held["retry_budget"] = RETRIES * len(trial.visits) - last.total("gateway_retry_budget_remaining")
    held["files"] = max(0, last.files - trial.samples[0].files - _kept_connections())
    complaints = Counter(str(entry.get("level")) for entry in trial.log)
    bad = complaints["warning"] + complaints["error"] + complaints["critical"]
    left = {name: value for name, value in held.items() if value}
    said = f"left over: {left or 'nothing'}; {bad} complaints in the log; exit code {trial.exit_code}"
    return Check("nothing is left behind", not left and not bad and trial.exit_code == 0, said)


def _kept_connections() -> int:
    """Open for the next request: to each vendor, and to whoever takes the samples."""
    return VENDORS * CONCURRENCY + 2
