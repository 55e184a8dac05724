// A gate and the demonstration's platform, which hears it and answers, without a broker.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/sync/appliance.hpp"
#include "tests/world/platform/restored.hpp"

namespace fault {

class Dialogue {
 public:
  /// The platform's stream begins with these rows. Nothing is started yet.
  explicit Dialogue(std::vector<syncing::Change> rows);

  /// `later` after the story began; the next start comes `between_starts` after this one.
  void start(const syncing::FileLayer& layer = {}, syncing::Building building = syncing::Building::at_once);
  /// What was sent is heard before.
  void stop();
  /// Starts on a disk that loses its power at the `n`-th access to files whose names begin with `files`, and
  /// goes on with `life`. Stopped afterwards, the disk as the cut left it. False: it came to the end of
  /// `life` first.
  bool cut_off(int n, std::string_view files, const std::function<void()>& life);

  /// Nothing of it was: an empty folder, a platform that knows nothing, the same rows.
  void begin_again();

  // ---- what happens to the journal's file, of a gate that is stopped -----------------------------------
  void keep();
  void put_back();
  void put_aside();

  /// The platform hears what was sent to it, and keeps its answers to itself.
  void hear();
  /// Time goes by and the platform answers, `turns` times; a snapshot where the gate has nothing or asks for
  /// one.
  void talk(bool answers_status = true, int turns = 6);
  void say(const syncing::Receipt& receipt);
  /// What it makes of the newest status.
  [[nodiscard]] std::optional<syncing::Receipt> answer();
  /// A message of the gate's.
  void take(const syncing_test::Sent& sent);

  [[nodiscard]] core::Mode mode();
  [[nodiscard]] std::string journal();

  syncing_test::TempFolder folder;
  std::optional<syncing_test::Appliance> appliance;

  core::Milliseconds later{};
  core::Milliseconds between_starts = std::chrono::hours(1);
  core::Milliseconds turn = std::chrono::seconds(11);  // of talking; longer than between two states

  // The platform's.
  bool snapshot_wanted = false;
  std::optional<syncing::Status> status;
  world::EventBook book;
  world::StreamBook stream;
  std::map<std::string, syncing::Receipt> receipts;

  /// What must not be: a number that means two things. `undetected`: nothing here can know of it, and it is
  /// the platform that has to object.
  std::vector<std::string> wrong;
  bool undetected = false;

  /// Told each of the gate's messages before the platform takes it, and what the platform is about to do.
  std::function<void(const syncing_test::Sent&)> overheard;
  std::function<void(const char* doing)> doing;

 private:
  template <class Message>
  Message opened(const syncing_test::Sent& sent);
  void take(const syncing::EventMessage& message);
  void about_to(const char* what) const;

  std::vector<syncing::Change> rows_;
  std::size_t heard_ = 0;
  std::map<std::pair<std::string, std::int64_t>, std::string> meanings_;
};

}  // namespace fault
