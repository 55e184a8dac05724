// What the tests of this room share: a temporary folder, short ways to say records, an executor by hand.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "gate/ports/clock.hpp"
#include "gate/ports/journal.hpp"
#include "sync/wire/message.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing_test {

inline core::WallTime at(std::int64_t seconds) {
  return core::WallTime(std::chrono::seconds(1'790'000'000 + seconds));
}

inline core::Moment moment(std::int64_t seconds) {
  return {
      .wall = at(seconds), .steady = core::SteadyTime(std::chrono::seconds(1000 + seconds)), .trusted = true};
}

/// The key that the platform encrypts to.
inline syncing::OpeningKey terminal_key() {
  return syncing::OpeningKey::from_hex("t1", std::string(64, '4')).value();
}

/// A folder of its own for each test, gone afterwards.
class TempFolder {
 public:
  TempFolder()
      : path_(std::filesystem::temp_directory_path() / ("gatehouse-sync-" + syncing::make_ulid(at(0)))) {
    std::filesystem::create_directories(path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs a coroutine to its end on `context`.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  boost::asio::co_spawn(context, std::move(work), [&result](std::exception_ptr error, T value) {
    if (error) std::rethrow_exception(error);
    result = std::move(value);
  });
  context.restart();
  context.run();
  return std::move(*result);
}

inline core::ReleaseRight right(std::string release_id, std::string equipment = "CSQU3054383",
                                std::optional<std::string> stay = "S1") {
  core::ReleaseRight right;
  right.release_id = std::move(release_id);
  right.equipment_number = std::move(equipment);
  right.stay_number = std::move(stay);
  right.lights = {{"commercialrelease", "ok"}, {"customs", "released"}};
  right.source = "CPu";
  right.expiration_date_time_utc = at(86400);
  return right;
}

inline core::Claim claim(std::string release_id, std::string visit,
                         core::ClaimState state = core::ClaimState::claimed,
                         std::string equipment = "CSQU3054383", std::optional<std::string> stay = "S1") {
  core::Claim claim;
  claim.release_id = std::move(release_id);
  claim.equipment_number = std::move(equipment);
  claim.stay_number = std::move(stay);
  claim.visit = std::move(visit);
  claim.job = "1";
  claim.state = state;
  claim.since = at(0);
  return claim;
}

inline core::PassageRecord passage(std::string id, core::Ending ending = core::Ending::open) {
  core::PassageRecord passage;
  passage.id = std::move(id);
  passage.lane = "in-1";
  passage.ending = ending;
  passage.detected = at(0);
  passage.standing.mode = core::Mode::online;
  return passage;
}

inline core::Visit visit(std::string id, std::string plate = "1ABC123",
                         core::VisitState state = core::VisitState::admitted) {
  core::Visit visit;
  visit.id = std::move(id);
  visit.plate = std::move(plate);
  visit.state = state;
  visit.driver_id_hash = "k1:d1";
  return visit;
}

inline core::GateEvent event(core::EventKind kind, std::string text = "") {
  core::GateEvent event;
  event.kind = kind;
  event.at = at(0);
  event.text = std::move(text);
  return event;
}

}  // namespace syncing_test
