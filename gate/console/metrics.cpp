#include "gate/console/metrics.hpp"

#include <sstream>

#include <boost/describe/enum_to_string.hpp>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace console {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

template <class Metric>
Family<Metric>& family(prometheus::Registry& registry, const char* name, const char* help) {
  if constexpr (std::is_same_v<Metric, Counter>) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
  } else if constexpr (std::is_same_v<Metric, Gauge>) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
  } else {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  }
}

template <class Enum>
std::string name_of(Enum value) {
  return boost::describe::enum_to_string(value, "unknown");
}

/// From a tenth of a second to the time a driver may take to answer a prompt.
const std::vector<double> seconds = {0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 10, 30, 60};

/// One gauge of a family is 1, the others 0: how Prometheus likes its states.
template <class Enum>
void show_state(Family<Gauge>& gauges, const char* label, Enum now, std::initializer_list<Enum> all) {
  for (const Enum state : all) gauges.Add({{label, name_of(state)}}).Set(state == now ? 1 : 0);
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  Family<Counter>& passages = family<Counter>(registry, "gatehouse_passages_total",
                                              "Passages that ended, by lane, decision and ending");
  Family<Histogram>& verdicts = family<Histogram>(registry, "gatehouse_verdict_seconds",
                                                  "From the presence loop to the durable verdict");
  Family<Gauge>& link_state =
      family<Gauge>(registry, "gatehouse_link_state", "1 for the state the link is in");
  Family<Gauge>& mode = family<Gauge>(registry, "gatehouse_mode", "1 for the mode the appliance is in");
  Family<Gauge>& age = family<Gauge>(registry, "gatehouse_data_age_seconds", "Age of the replica's data");
  Family<Gauge>& behind =
      family<Gauge>(registry, "gatehouse_replica_behind", "Changes the replica has yet to see");
  Family<Gauge>& rights = family<Gauge>(registry, "gatehouse_replica_rights", "Rights in the replica");
  Family<Gauge>& outbox = family<Gauge>(registry, "gatehouse_outbox_events", "Events without a receipt");
  Family<Gauge>& parked = family<Gauge>(registry, "gatehouse_parked", "Messages set aside, by direction");
  Family<Gauge>& refused =
      family<Gauge>(registry, "gatehouse_refused_messages", "Messages refused since the start");
  Family<Gauge>& findings = family<Gauge>(
      registry, "gatehouse_findings", "Grants that the platform would not have given, not dealt with yet");
  Family<Gauge>& lanes = family<Gauge>(registry, "gatehouse_lane_state", "1 for the state a lane is in");
  Family<Gauge>& troubles =
      family<Gauge>(registry, "gatehouse_lane_trouble", "1 while a device of a lane does not work");
  Family<Counter>& answers =
      family<Counter>(registry, "gatehouse_console_answers_total", "Answers, by HTTP status");
  Family<Gauge>& clients =
      family<Gauge>(registry, "gatehouse_console_live_clients", "Pages and displays connected");
  Family<Gauge>& dropped = family<Gauge>(registry, "gatehouse_console_live_dropped",
                                         "Live clients dropped for being slow, since the start");
  Family<Gauge>& build = family<Gauge>(registry, "gatehouse_build_info", "1, with the version as a label");
};

Metrics::Metrics(const std::string& version) : families_(std::make_unique<Families>()) {
  families_->build.Add({{"version", version}}).Set(1);
}

Metrics::~Metrics() = default;

void Metrics::ended(const core::PassageRecord& record) {
  const std::string decision = record.decision ? name_of(*record.decision) : "none";
  families_->passages.Add({{"lane", record.lane}, {"decision", decision}, {"ending", name_of(record.ending)}})
      .Increment();
  if (record.verdict_ms) {
    families_->verdicts.Add({{"lane", record.lane}}, seconds).Observe(*record.verdict_ms / 1000.0);
  }
}

void Metrics::link(const ports::LinkReport& report, const core::Moment& now) {
  using core::LinkState;
  using core::Mode;
  show_state(families_->link_state, "state", report.link,
             {LinkState::up, LinkState::suspect, LinkState::down});
  show_state(families_->mode, "mode", report.standing.mode, {Mode::online, Mode::backup, Mode::restricted});
  if (report.standing.data_as_of) {
    families_->age.Add({}).Set(static_cast<double>((now.wall - *report.standing.data_as_of).count()) /
                               1000.0);
  }
  families_->behind.Add({}).Set(static_cast<double>(report.behind));
  families_->rights.Add({}).Set(static_cast<double>(report.rights));
  families_->outbox.Add({}).Set(static_cast<double>(report.outbox));
  families_->parked.Add({{"direction", "in"}}).Set(static_cast<double>(report.parked_in));
  families_->parked.Add({{"direction", "out"}}).Set(static_cast<double>(report.parked_out));
  families_->refused.Add({}).Set(static_cast<double>(report.refused));
  families_->findings.Add({}).Set(static_cast<double>(report.findings));
}

void Metrics::lane(const ports::LaneView& view) {
  using core::State;
  for (const State state :
       {State::idle, State::gathering, State::recording, State::opening, State::open, State::passing,
        State::closing, State::referred, State::refused, State::faulted}) {
    families_->lanes.Add({{"lane", view.lane}, {"state", name_of(state)}}).Set(state == view.state ? 1 : 0);
  }
  families_->troubles.Add({{"lane", view.lane}}).Set(view.trouble.empty() ? 0 : 1);
}

void Metrics::answered(int status) {
  families_->answers.Add({{"status", std::to_string(status)}}).Increment();
}

void Metrics::live(int listening, std::size_t dropped) {
  families_->clients.Add({}).Set(listening);
  families_->dropped.Add({}).Set(static_cast<double>(dropped));
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace console
