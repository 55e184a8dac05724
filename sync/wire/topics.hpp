// The topics of one terminal's link, gate/v1/{terminal}/... : who publishes what where.
#pragma once

#include <string>
#include <string_view>

namespace syncing::topics {

// Platform -> appliances.
[[nodiscard]] std::string head(std::string_view terminal);  // retained
[[nodiscard]] std::string updates(std::string_view terminal);
[[nodiscard]] std::string snapshot_part(std::string_view terminal, std::string_view ulid,
                                        int part);               // 0: manifest
[[nodiscard]] std::string snapshots(std::string_view terminal);  // a filter: every part of every snapshot
[[nodiscard]] std::string receipts(std::string_view terminal, std::string_view appliance);

// Appliance -> platform.
[[nodiscard]] std::string requests(std::string_view terminal, std::string_view appliance);
[[nodiscard]] std::string events(std::string_view terminal, std::string_view appliance);
[[nodiscard]] std::string status(std::string_view terminal,
                                 std::string_view appliance);  // retained, last will
[[nodiscard]] std::string checkpoints(std::string_view terminal, std::string_view appliance);

/// A filter for the platform: "requests", "events", "status" or "checkpoints" of every appliance.
[[nodiscard]] std::string every_appliance(std::string_view terminal, std::string_view what);

}  // namespace syncing::topics
