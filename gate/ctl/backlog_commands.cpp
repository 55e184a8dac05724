#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum_to_string.hpp>

#include "gate/canon/canon.hpp"
#include "gate/canon/time_text.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/harmless.hpp"

namespace ctl {
namespace {

// As gate/console/openapi.yaml names them.
struct ParkedChange {
  std::int64_t epoch = 0;
  std::optional<std::int64_t> sequence;
  std::optional<std::int64_t> in_snapshot;
  std::string kind;
  std::string key;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ParkedChange, (), (epoch, sequence, in_snapshot, kind, key, reason))

struct Parked {
  std::int64_t total = 0;
  std::vector<ParkedChange> changes;
};
BOOST_DESCRIBE_STRUCT(Parked, (), (total, changes))

struct OutboxEvent {
  std::int64_t number = 0;
  core::EventKind kind{};
  core::WallTime at{};
  std::optional<std::string> lane;
  std::optional<std::string> passage;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(OutboxEvent, (), (number, kind, at, lane, passage, reason))

struct Outbox {
  std::int64_t last = 0;
  std::int64_t pending = 0;
  std::int64_t parked = 0;
  std::optional<OutboxEvent> oldest;
  std::vector<OutboxEvent> refused;
};
BOOST_DESCRIBE_STRUCT(Outbox, (), (last, pending, parked, oldest, refused))

struct Finding {
  core::WallTime at{};
  std::string equipment_number;
  std::optional<std::string> stay_number;
  std::string plate;
  std::string visit;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (at, equipment_number, stay_number, plate, visit, text))

struct Findings {
  std::int64_t total = 0;
  std::vector<Finding> findings;
};
BOOST_DESCRIBE_STRUCT(Findings, (), (total, findings))

std::string or_dash(const std::string& text) { return text.empty() ? "-" : harmless(text); }

std::string place_of(const ParkedChange& change) {
  const std::string epoch = std::to_string(change.epoch);
  if (change.sequence) return epoch + ":" + std::to_string(*change.sequence);
  return epoch + ":snapshot," + std::to_string(change.in_snapshot.value_or(0));
}

void show(const Parked& parked, std::ostream& out) {
  out << parked.total << " changes parked\n";
  for (const ParkedChange& change : parked.changes)
    out << place_of(change) << "  " << or_dash(change.kind) << "  " << or_dash(change.key) << "  "
        << or_dash(change.reason) << "\n";
  const auto shown = static_cast<std::int64_t>(parked.changes.size());
  if (shown < parked.total) out << "and " << parked.total - shown << " more\n";
}

void show(const OutboxEvent& event, std::ostream& out) {
  out << event.number << "  " << canon::time_text(event.at) << "  "
      << boost::describe::enum_to_string(event.kind, "?") << "  " << or_dash(event.lane.value_or("")) << "  "
      << or_dash(event.passage.value_or(""));
  if (event.reason) out << "  " << or_dash(*event.reason);
  out << "\n";
}

void show(const Outbox& outbox, std::ostream& out) {
  out << outbox.last << " events so far, " << outbox.pending << " without a receipt, " << outbox.parked
      << " refused by the platform\n";
  if (outbox.oldest) out << "oldest without a receipt:\n";
  if (outbox.oldest) show(*outbox.oldest, out);
  if (!outbox.refused.empty()) out << "refused:\n";
  for (const OutboxEvent& event : outbox.refused) show(event, out);
  const auto shown = static_cast<std::int64_t>(outbox.refused.size());
  if (shown < outbox.parked) out << "and " << outbox.parked - shown << " more\n";
}

void show(const Findings& findings, std::ostream& out) {
  out << findings.total << " grants that the platform would not have given, and nobody has dealt with yet\n";
  for (const Finding& finding : findings.findings)
    out << canon::time_text(finding.at) << "  " << or_dash(finding.equipment_number) << "  "
        << or_dash(finding.stay_number.value_or("")) << "  " << or_dash(finding.plate) << "  "
        << or_dash(finding.visit) << "  " << or_dash(finding.text) << "\n";
  const auto shown = static_cast<std::int64_t>(findings.findings.size());
  if (shown < findings.total) out << "and " << findings.total - shown << " more\n";
}

template <class Answer>
int list(const Client& client, const std::string& path, const ListOptions& options, Streams streams) {
  const auto body = client.get(path + "?limit=" + std::to_string(options.limit));
  if (!body) return streams.err << body.error().what << "\n", 1;
  if (options.json) return streams.out << *body << "\n", 0;
  const auto answer = canon::read<Answer>(*body, canon::Reading::foreign);
  if (!answer) return streams.err << "the daemon's answer: " << answer.error().what << "\n", 1;
  show(*answer, streams.out);
  return 0;
}

}  // namespace

int parked_command(const Client& client, const ListOptions& options, Streams streams) {
  return list<Parked>(client, "/api/sync/parked", options, streams);
}

int outbox_command(const Client& client, const ListOptions& options, Streams streams) {
  return list<Outbox>(client, "/api/outbox", options, streams);
}

int findings_command(const Client& client, const ListOptions& options, Streams streams) {
  return list<Findings>(client, "/api/findings", options, streams);
}

}  // namespace ctl
