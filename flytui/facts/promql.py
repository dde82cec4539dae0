"""The PromQL that flytui asks: every measurement of one app in one query, each under its name."""

WEEK = "7d"
DAY = "24h"
HOUR = "1h"


def measurements(app: str) -> str:
    """All instant measurements of the app, told apart by the label `flytui`."""
    return _together({**_of_machines(app), **_of_requests(app)})


def courses(app: str) -> str:
    """What is drawn over a day: the share of memory in use and of the CPU's own share."""
    return _together({"memory": f"1 - {_free_memory(app)}", "cpu": _busy(app)})


def own_series(app: str) -> str:
    """The series the app tells of itself; `up` and `scrape_…` are those of who asks it."""
    return f'{{app="{app}",__name__!~"fly_.*|pg_.*|up|scrape_.*"}}'


def _together(named: dict[str, str]) -> str:
    """One query for all, as each request counts; without series, a part is merely empty."""
    return " or ".join(
        f'label_replace({query}, "flytui", "{name}", "", "")' for name, query in named.items()
    )


def _of_machines(app: str) -> dict[str, str]:
    """By Machine (`instance`). Counters of CPU time are in hundredths of a second."""
    of = f'{{app="{app}"}}'
    steal = f'{{app="{app}",mode="steal"}}'
    return {
        "up": f"max by(instance)(max_over_time(fly_instance_up{of}[{DAY}]))",
        "throttle": f"sum by(instance)(increase(fly_instance_cpu_throttle{of}[{DAY}])) / 100",
        "throttle_week": f"sum by(instance)(increase(fly_instance_cpu_throttle{of}[{WEEK}])) / 100",
        "balance": f"min by(instance)(min_over_time(fly_instance_cpu_balance{of}[{DAY}])) / 100",
        "balance_week": f"min by(instance)(min_over_time(fly_instance_cpu_balance{of}[{WEEK}]))"
        " / 100",
        "busy": _busy(app),
        "steal": f"sum by(instance)(rate(fly_instance_cpu{steal}[{HOUR}]))"
        f" / sum by(instance)(rate(fly_instance_cpu{of}[{HOUR}]))",
        "oom": f"max by(instance)(max_over_time(fly_instance_exit_oom{of}[{WEEK}]))",
        "free_memory": f"min_over_time(({_free_memory(app)})[{DAY}:5m])",
        "concurrency": f"max by(instance)(max_over_time(fly_app_concurrency{of}[{DAY}]))",
    }


def _of_requests(app: str) -> dict[str, str]:
    of = f'{{app="{app}"}}'
    failed = f'{{app="{app}",status=~"5.."}}'
    return {
        "traffic": f"topk(8, sum by(region)(increase(fly_edge_http_responses_count{of}[{WEEK}])))",
        "responses": f"sum(increase(fly_edge_http_responses_count{of}[{HOUR}]))",
        "failures": f"sum(increase(fly_edge_http_responses_count{failed}[{HOUR}]))",
        "app_seconds": _slowest(f"fly_app_http_response_time_seconds_bucket{of}"),
        "edge_seconds": _slowest(f"fly_edge_http_response_time_seconds_bucket{of}"),
    }


def _free_memory(app: str) -> str:
    of = f'{{app="{app}"}}'
    return (
        f"min by(instance)(fly_instance_memory_mem_available{of})"
        f" / max by(instance)(fly_instance_memory_mem_total{of})"
    )


def _busy(app: str) -> str:
    """Time spent as a share of the time that is the Machine's own without a burst."""
    worked = f'{{app="{app}",mode!="idle",mode!="iowait",mode!="steal"}}'
    return (
        f"sum by(instance)(rate(fly_instance_cpu{worked}[{HOUR}])) / 100"
        f' / max by(instance)(fly_instance_cpu_baseline{{app="{app}"}})'
    )


def _slowest(buckets: str) -> str:
    """The time within which 95 of 100 responses came."""
    return f"histogram_quantile(0.95, sum by(le)(rate({buckets}[{HOUR}])))"
