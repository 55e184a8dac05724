#include "sync/journal/findings.hpp"

#include <stdexcept>
#include <utility>

#include "gate/canon/canon.hpp"

namespace syncing {
namespace {

core::GateEvent event_of(SQLite::Statement& row) {
  auto event = canon::read<core::GateEvent>(row.getColumn(1).getString());
  if (!event) throw std::runtime_error("a finding's event cannot be read: " + event.error().what);
  return std::move(*event);
}

ports::Finding finding_of(SQLite::Statement& row) {
  core::GateEvent event = event_of(row);
  return {.ulid = row.getColumn(0).getString(),
          .at = event.at,
          .equipment_number = event.equipment_number.value_or(""),
          .stay_number = std::move(event.stay_number),
          .plate = event.plate.value_or(""),
          .visit = event.visit.value_or(""),
          .text = event.text.value_or("")};
}

}  // namespace

bool is_finding(const core::GateEvent& event) {
  return event.kind == core::EventKind::reconciliation && event.release_id && event.operators.empty();
}

void note_findings(Connection& journal, const std::vector<NumberedEvent>& events) {
  for (const auto& one : events)
    if (is_finding(one.event)) journal.run("INSERT INTO findings (ulid) VALUES (?)", one.ulid);
}

bool settle_finding(Connection& journal, const std::string& ulid) {
  return journal.run("DELETE FROM findings WHERE ulid = ?", ulid) > 0;
}

ports::FindingsReport read_findings(Connection& journal, int limit) {
  ports::FindingsReport report;
  report.total = journal.number("SELECT count(*) FROM findings");
  journal.each(
      "SELECT ulid, event FROM findings JOIN outbox USING (ulid) ORDER BY outbox.number DESC LIMIT ?",
      [&report](SQLite::Statement& row) { report.findings.push_back(finding_of(row)); }, limit);
  return report;
}

std::optional<core::GateEvent> read_finding(Connection& journal, const std::string& ulid) {
  std::optional<core::GateEvent> found;
  journal.each(
      "SELECT ulid, event FROM findings JOIN outbox USING (ulid) WHERE ulid = ?",
      [&found](SQLite::Statement& row) { found = event_of(row); }, ulid);
  return found;
}

}  // namespace syncing
