#include "sync/wire/topics.hpp"

namespace syncing::topics {
namespace {

std::string of(std::string_view terminal, std::string_view what) {
  return "gate/v1/" + std::string(terminal) + '/' + std::string(what);
}

std::string of(std::string_view terminal, std::string_view what, std::string_view appliance) {
  return of(terminal, what) + '/' + std::string(appliance);
}

}  // namespace

std::string head(std::string_view terminal) { return of(terminal, "head"); }
std::string updates(std::string_view terminal) { return of(terminal, "updates"); }
std::string snapshot_part(std::string_view terminal, std::string_view ulid, int part) {
  return of(terminal, "snapshots", ulid) + '/' + std::to_string(part);
}
std::string snapshots(std::string_view terminal) { return of(terminal, "snapshots/+/+"); }
std::string receipts(std::string_view terminal, std::string_view appliance) {
  return of(terminal, "receipts", appliance);
}
std::string requests(std::string_view terminal, std::string_view appliance) {
  return of(terminal, "requests", appliance);
}
std::string events(std::string_view terminal, std::string_view appliance) {
  return of(terminal, "events", appliance);
}
std::string status(std::string_view terminal, std::string_view appliance) {
  return of(terminal, "status", appliance);
}
std::string checkpoints(std::string_view terminal, std::string_view appliance) {
  return of(terminal, "checkpoints", appliance);
}
std::string every_appliance(std::string_view terminal, std::string_view what) {
  return of(terminal, what, "+");
}

}  // namespace syncing::topics
