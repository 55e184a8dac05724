// Changes to what the platform tells a terminal: one by one, in order, each with its number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/describe/enum.hpp>
#include <nlohmann/json_fwd.hpp>

#include "gate/core/records.hpp"

namespace simdjson::dom {
class element;
}

namespace syncing {

enum class ChangeKind { releaseRight, appointment, driver, ban, hold, use };
BOOST_DESCRIBE_ENUM(ChangeKind, releaseRight, appointment, driver, ban, hold, use)

enum class ChangeOp {
  upsert,   // the row as it stands now, whole; a blocked or revoked right stays so unless `state` says
            // otherwise
  dirty,    // something changed, the data come later: not trusted until then
  revoke,   // rights only
  block,    // rights only
  unblock,  // rights only
  erase,    // "delete" on the wire
};
BOOST_DESCRIBE_ENUM(ChangeOp, upsert, dirty, revoke, block, unblock, erase)

/// Names a row. `id` is the releaseId, TAR, driverIdHash or reference. A right and a use may also be
/// named by container stay where the releaseId is not known.
struct ChangeKey {
  std::string id{};
  std::optional<std::string> equipment_number{};
  std::optional<std::string> stay_number{};
};

/// With upsert of the first four kinds and of ban and hold; nothing with other ops and with `use`.
using ChangeData =
    std::variant<std::monostate, core::ReleaseRight, core::Appointment, core::Driver, core::Restriction>;

struct Change {
  ChangeKind kind = ChangeKind::releaseRight;
  ChangeOp op = ChangeOp::upsert;
  ChangeKey key{};
  ChangeData data{};
  std::optional<core::RightState> state{};  // of a right, where the platform states it; else as it was
};

/// Whom a change that may deny names, as far as that can be read.
struct Glimpse {
  std::optional<core::RestrictionSubject> subject{};
  std::string value{};  // as it came; empty where not even that can be read, or where nothing is left of it
};

/// A change that cannot be applied: kept as it came, with the reason; the row it names (if it names one)
/// is not trusted until it is put right.
struct ParkedChange {
  std::string raw{};     // JSON
  std::string reason{};  // names the path of what is wrong
  std::optional<ChangeKind> kind{};
  ChangeKey key{};
  /// Of a ban or hold, and of anything that names no row; not where it says of itself that it is over.
  std::optional<Glimpse> restricts{};
};

using ReadChange = std::variant<Change, ParkedChange>;

/// Unknown fields are ignored; null is the same as absent; names of lights keep their case. Times that a
/// record does not state are WallTime{}. Equipment numbers and plates come out normalised.
[[nodiscard]] ReadChange read_change(const simdjson::dom::element& change);

/// By its own name, or by its container stay.
[[nodiscard]] bool names_a_row(const ChangeKey& key);

/// As a restriction on this kind of subject holds it.
[[nodiscard]] std::string normal_value(core::RestrictionSubject subject, const std::string& value);

[[nodiscard]] nlohmann::json write_change(const ReadChange& change);

/// Shorthands for writers.
[[nodiscard]] Change upsert(core::ReleaseRight right);
[[nodiscard]] Change upsert(core::Appointment appointment);
[[nodiscard]] Change upsert(core::Driver driver);
[[nodiscard]] Change upsert(core::Restriction restriction);
[[nodiscard]] Change change(ChangeKind kind, ChangeOp op, std::string id);

}  // namespace syncing
