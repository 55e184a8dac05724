#include "sync/journal/reader.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "gate/core/plate.hpp"
#include "sync/journal/findings.hpp"
#include "sync/journal/seals.hpp"

namespace syncing {
namespace {

/// A body that cannot be read back is damage, not a record.
template <class Record>
Record read_body(SQLite::Statement& row, int column = 0) {
  auto record = canon::read<Record>(row.getColumn(column).getString());
  if (!record) throw std::runtime_error("a stored record cannot be read: " + record.error().what);
  return std::move(*record);
}

/// One that is damaged is told as that, under its number: with a hole there, nothing after it would ever be
/// taken over.
core::GateEvent read_event(SQLite::Statement& row, int column) {
  auto event = canon::read<core::GateEvent>(row.getColumn(column).getString());
  if (event) return std::move(*event);
  core::GateEvent damage;
  damage.kind = core::EventKind::alarm;
  damage.text = "this event of the outbox is damaged and cannot be read; the audit log has it";
  return damage;
}

ports::OutboxEvent outbox_event_of(SQLite::Statement& row) {
  auto event = read_event(row, 2);
  return {.number = row.getColumn(0).getInt64(),
          .ulid = row.getColumn(1).getString(),
          .kind = event.kind,
          .at = event.at,
          .lane = std::move(event.lane),
          .passage = std::move(event.passage),
          .reason = text_or_null(row.getColumn(3))};
}

/// With the number that it has in its own journal.
const std::string kOutboxEvent =
    "SELECT number - (SELECT max(events_before) FROM journals WHERE events_before < outbox.number), ulid, "
    "event, reason FROM outbox WHERE state = ";

/// The rows of one log: behind `before`, up to `last`.
struct Span {
  std::int64_t before = 0;
  std::int64_t last = 0;
};

Span span_of(Connection& journal, const std::string& log) {
  Span span;
  journal.each(
      "SELECT leaves_before, (SELECT min(leaves_before) FROM journals AS later WHERE later.number > "
      "journals.number) FROM journals WHERE journal_id = ?",
      [&span](SQLite::Statement& row) {
        span.before = row.getColumn(0).getInt64();
        span.last = row.getColumn(1).isNull() ? std::numeric_limits<std::int64_t>::max()
                                              : row.getColumn(1).getInt64();
      },
      log);
  return span;
}

constexpr const char* kOpen = "state IN ('admitted', 'inside', 'interrupted')";

}  // namespace

template <class Answer, class Work>
core::Result<Answer> JournalReader::answer(const char* doing, const Work& work) {
  const std::lock_guard lock(mutex_);
  try {
    Answer found{};
    work(*connection_, found);
    return found;
  } catch (const std::exception& exception) {
    core::Error error = error_of(exception, doing);
    if (holdings_ && error.fault == core::Fault::corrupt) holdings_->damaged(error.what);
    if (error.fault == core::Fault::corrupt)
      error.fault = core::Fault::broken;  // corrupt: rows of the replica
    return tl::unexpected(std::move(error));
  }
}

template <class Answer, class Look, class Missing>
core::Result<Answer> JournalReader::watched(const char* doing, const Look& look, const Missing& missing) {
  return answer<Answer>(doing, [this, &look, &missing](Connection& journal, Answer& found) {
    look(journal, found);
    if (!holdings_ || !missing(found)) return;
    const std::lock_guard settling(holdings_->settling());
    found.clear();
    look(journal, found);
    if (missing(found)) holdings_->damaged("a claim or an open visit is gone from the journal");
  });
}

bool JournalReader::sound(bool (*is_sound)(const RowKey&, SQLite::Statement&), SQLite::Statement& row) {
  if (!holdings_ || is_sound(holdings_->key(), row)) return true;
  holdings_->damaged("a claim or an open visit of the journal is not what was written");
  return false;
}

core::Result<std::unique_ptr<JournalReader>> JournalReader::open(const std::filesystem::path& file,
                                                                 const FileLayer& layer) {
  auto connection = open_reader(file, layer);
  if (!connection) return tl::unexpected(connection.error());
  return std::unique_ptr<JournalReader>(new JournalReader(std::move(*connection)));
}

core::Result<std::vector<core::Visit>> JournalReader::open_visits(const std::optional<std::string>& plate,
                                                                  const std::vector<std::string>& drivers) {
  using Visits = std::vector<core::Visit>;
  const auto look = [this, &plate, &drivers](Connection& journal, Visits& found) {
    std::set<std::string> ids;
    static const std::string plates =
        std::string("SELECT id, plate FROM visits WHERE ") + kOpen + " AND plate <> ''";
    static const std::string by_driver =
        std::string("SELECT id FROM visits WHERE driver_id_hash = ? AND ") + kOpen;
    static const std::string by_id = std::string("SELECT ") + kSealedVisit + " FROM visits WHERE id = ?";
    if (plate)
      journal.each(plates.c_str(), [&ids, &plate](SQLite::Statement& row) {
        const std::string other = row.getColumn(1).getString();
        if (other == *plate || core::near_plates(*plate, other)) ids.insert(row.getColumn(0).getString());
      });
    for (const auto& driver : drivers)
      journal.each(
          by_driver.c_str(), [&ids](SQLite::Statement& row) { ids.insert(row.getColumn(0).getString()); },
          driver);
    for (const auto& id : ids)
      journal.each(
          by_id.c_str(),
          [this, &found](SQLite::Statement& row) {
            if (sound(visit_is_sound, row)) found.push_back(read_body<core::Visit>(row, 4));
          },
          id);
  };
  return watched<Visits>("looking up open visits", look, [this, &plate, &drivers](const Visits& found) {
    std::set<std::string> ids;
    for (const auto& visit : found) ids.insert(visit.id);
    const auto held = holdings_->visits(plate, drivers);
    return !std::includes(ids.begin(), ids.end(), held.begin(), held.end());
  });
}

core::Result<std::vector<core::Claim>> JournalReader::claims(
    const std::vector<std::string>& release_ids,
    const std::vector<std::pair<std::string, std::string>>& stays) {
  using Claims = std::vector<core::Claim>;
  const auto look = [this, &release_ids, &stays](Connection& journal, Claims& found) {
    std::set<std::pair<std::string, std::string>> seen;
    const auto take = [this, &found, &seen](SQLite::Statement& row) {
      core::Claim claim = claim_of(row);
      if (!sound(claim_is_sound, row)) claim.state = core::ClaimState::interrupted;
      if (seen.emplace(claim.release_id, claim.visit).second) found.push_back(std::move(claim));
    };
    static const std::string select =
        std::string("SELECT ") + kSealedClaim + " FROM claims WHERE state <> 'released' AND ";
    static const std::string by_right = select + "release_id = ?";
    static const std::string by_stay =
        select + "equipment_number = ? AND stay_number = ? AND stay_number IS NOT NULL";
    for (const auto& id : release_ids) journal.each(by_right.c_str(), take, id);
    for (const auto& [equipment, stay] : stays) journal.each(by_stay.c_str(), take, equipment, stay);
  };
  return watched<Claims>("looking up claims", look, [this, &release_ids, &stays](const Claims& found) {
    const auto missing = [&found](const auto& is_it) {
      return std::none_of(found.begin(), found.end(), is_it);
    };
    return std::any_of(release_ids.begin(), release_ids.end(),
                       [this, &missing](const std::string& id) {
                         return holdings_->holds_right(id) &&
                                missing([&id](const core::Claim& claim) { return claim.release_id == id; });
                       }) ||
           std::any_of(stays.begin(), stays.end(), [this, &missing](const auto& stay) {
             return holdings_->holds_stay(stay.first, stay.second) &&
                    missing([&stay](const core::Claim& claim) {
                      return claim.equipment_number == stay.first && claim.stay_number == stay.second;
                    });
           });
  });
}

core::Result<std::vector<core::PassageRecord>> JournalReader::passages(int limit, const std::string& before) {
  if (limit < 1 || limit > 500) return core::fail(core::Fault::malformed, "limit: 1 to 500 allowed");
  using Records = std::vector<core::PassageRecord>;
  return answer<Records>("listing passages", [limit, &before](Connection& journal, Records& found) {
    const auto take = [&found](SQLite::Statement& row) {
      found.push_back(read_body<core::PassageRecord>(row));
    };
    if (before.empty())
      journal.each("SELECT body FROM passages ORDER BY id DESC LIMIT ?", take, limit);
    else
      journal.each("SELECT body FROM passages WHERE id < ? ORDER BY id DESC LIMIT ?", take, before, limit);
  });
}

core::Result<core::PassageRecord> JournalReader::passage(const std::string& id) {
  auto found = answer<std::optional<core::PassageRecord>>(
      "reading a passage", [&id](Connection& journal, std::optional<core::PassageRecord>& record) {
        journal.each(
            "SELECT body FROM passages WHERE id = ?",
            [&record](SQLite::Statement& row) { record = read_body<core::PassageRecord>(row); }, id);
      });
  if (!found) return tl::unexpected(found.error());
  if (!*found) return core::fail(core::Fault::not_found, "no passage with this id");
  return std::move(**found);
}

core::Result<std::vector<std::string>> JournalReader::cases(const std::string& passage) {
  using Texts = std::vector<std::string>;
  return answer<Texts>("reading cases", [&passage](Connection& journal, Texts& found) {
    journal.each(
        "SELECT body FROM cases WHERE passage = ? ORDER BY number",
        [&found](SQLite::Statement& row) { found.push_back(row.getColumn(0).getString()); }, passage);
  });
}

core::Result<std::vector<NumberedEvent>> JournalReader::pending(std::int64_t after, int limit) {
  using Events = std::vector<NumberedEvent>;
  return answer<Events>("reading the outbox", [after, limit](Connection& journal, Events& found) {
    journal.each(
        "SELECT outbox.number - events_before, ulid, event, journal_id FROM "
        "(SELECT (SELECT journal_id FROM identity) AS journal_id, max(events_before) AS events_before "
        "FROM journals) CROSS JOIN outbox "
        "WHERE state = 'pending' AND outbox.number > events_before + ? ORDER BY outbox.number LIMIT ?",
        [&found](SQLite::Statement& row) {
          found.push_back({.number = row.getColumn(0).getInt64(),
                           .ulid = row.getColumn(1).getString(),
                           .event = read_event(row, 2),
                           .journal_id = row.getColumn(3).getString()});
        },
        after, limit);
  });
}

core::Result<OutboxCounts> JournalReader::outbox() {
  return answer<OutboxCounts>("counting the outbox", [](Connection& journal, OutboxCounts& counts) {
    counts.pending = journal.number("SELECT count(*) FROM outbox WHERE state = 'pending'");
    counts.parked = journal.number("SELECT count(*) FROM outbox WHERE state = 'parked'");
    counts.last = journal.number(
        "SELECT max(0, (SELECT max(number) FROM outbox) - (SELECT max(events_before) FROM journals))");
    counts.findings = journal.number("SELECT count(*) FROM findings");
  });
}

core::Result<std::vector<audit::Leaf>> JournalReader::leaves(const std::string& log, std::int64_t after,
                                                             int limit) {
  using Leaves = std::vector<audit::Leaf>;
  return answer<Leaves>("reading the audit log", [&log, after, limit](Connection& journal, Leaves& found) {
    const auto hex = [](const SQLite::Column& column) {
      return bytes::to_hex(
          {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())});
    };
    const Span rows = span_of(journal, log);
    journal.each(
        "SELECT number, at, hash, salt, record, erased FROM leaves WHERE number > ? AND number <= ? "
        "ORDER BY number LIMIT ?",
        [&found, &hex, &rows](SQLite::Statement& row) {
          audit::Leaf leaf;
          leaf.number = row.getColumn(0).getInt64() - rows.before;
          leaf.at = core::WallTime(core::Milliseconds(row.getColumn(1).getInt64()));
          leaf.hash = hex(row.getColumn(2));
          leaf.record = text_or_null(row.getColumn(4));
          if (leaf.record) leaf.salt = hex(row.getColumn(3));
          leaf.erased = text_or_null(row.getColumn(5));
          found.push_back(std::move(leaf));
        },
        rows.before + after, rows.last, limit);
  });
}

core::Result<std::vector<std::string>> JournalReader::checkpoints(const std::string& log, int limit) {
  using Notes = std::vector<std::string>;
  return answer<Notes>("reading checkpoints", [&log, limit](Connection& journal, Notes& found) {
    const Span rows = span_of(journal, log);
    journal.each(
        "SELECT note FROM checkpoints WHERE size > ? AND size <= ? ORDER BY size DESC LIMIT ?",
        [&found](SQLite::Statement& row) { found.push_back(row.getColumn(0).getString()); }, rows.before,
        rows.last, limit);
  });
}

core::Result<ports::OutboxReport> JournalReader::outbox_report(int limit) {
  if (limit < 1 || limit > 500) return core::fail(core::Fault::malformed, "limit: 1 to 500 allowed");
  const auto counts = outbox();
  if (!counts) return tl::unexpected(counts.error());
  auto report = answer<ports::OutboxReport>("reading the outbox", [limit](Connection& journal,
                                                                          ports::OutboxReport& found) {
    journal.each((kOutboxEvent + "'pending' ORDER BY number LIMIT 1").c_str(),
                 [&found](SQLite::Statement& row) { found.oldest = outbox_event_of(row); });
    journal.each((kOutboxEvent + "'parked' ORDER BY number DESC LIMIT ?").c_str(),
                 [&found](SQLite::Statement& row) { found.refused.push_back(outbox_event_of(row)); }, limit);
  });
  if (!report) return report;
  report->last = counts->last;
  report->pending = counts->pending;
  report->parked = counts->parked;
  return report;
}

core::Result<ports::FindingsReport> JournalReader::findings(int limit) {
  if (limit < 1 || limit > 500) return core::fail(core::Fault::malformed, "limit: 1 to 500 allowed");
  return answer<ports::FindingsReport>("listing findings", [limit](Connection& journal, auto& report) {
    report = read_findings(journal, limit);
  });
}

core::Result<core::GateEvent> JournalReader::finding(const std::string& ulid) {
  auto found = answer<std::optional<core::GateEvent>>(
      "reading a finding",
      [&ulid](Connection& journal, auto& event) { event = read_finding(journal, ulid); });
  if (!found) return tl::unexpected(found.error());
  if (!*found) return core::fail(core::Fault::not_found, "no finding of this name is open");
  return std::move(**found);
}

core::Result<std::vector<OfflineClaim>> JournalReader::unreconciled(int limit) {
  using Claims = std::vector<OfflineClaim>;
  return answer<Claims>("looking for offline grants", [limit](Connection& journal, Claims& found) {
    static const std::string select =
        std::string("SELECT ") + kClaimColumns + " FROM claims WHERE reconciled = 0 ORDER BY since LIMIT ?";
    journal.each(
        select.c_str(),
        [&found](SQLite::Statement& row) {
          found.push_back({.claim = claim_of(row), .driver_id_hash = {}, .plate = {}});
        },
        limit);
    for (auto& one : found)
      journal.each(
          "SELECT driver_id_hash, plate FROM visits WHERE id = ?",
          [&one](SQLite::Statement& row) {
            one.driver_id_hash = text_or_null(row.getColumn(0));
            one.plate = row.getColumn(1).getString();
          },
          one.claim.visit);
  });
}

}  // namespace syncing
