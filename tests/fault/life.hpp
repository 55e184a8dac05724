// One life of the appliance's stores within a story: a start, a look at what is there, steps until it ends.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/fault/disk.hpp"
#include "tests/fault/oracle.hpp"
#include "tests/fault/story.hpp"
#include "tests/sync/appliance.hpp"

namespace fault {

class Life {
 public:
  /// Told each line before the story hears it.
  using Tell = std::function<void(const std::string& line)>;

  /// Opens the stores; throws where that fails. `building`: where the parts of a snapshot are stored.
  Life(Story& story, std::filesystem::path folder, const Disk& disk, Tell tell, syncing::Building building);

  /// Judges what is there and says what was found; what a power cut took from the replica is said again.
  /// Gives what is wrong.
  [[nodiscard]] std::vector<std::string> look();

  /// The next step. False: the stores did not take it (told as nothing: it stays in doubt). Throws
  /// std::logic_error where the answer was not the one expected.
  bool step();
  /// The step that is in doubt again, by whoever knows that it is not in effect.
  bool again();

  /// A part of a snapshot was handed over, and its step is not done yet. Any thread.
  [[nodiscard]] bool storing() const { return storing_; }
  syncing_test::Appliance& appliance() { return appliance_; }

 private:
  void say(const std::string& line);
  void tell_events();
  [[nodiscard]] bool carry_out(const Step& step);
  [[nodiscard]] bool write(const Step& step, ports::JournalEntry entry);
  [[nodiscard]] bool follow(const Step& step);
  void swap_in(const syncing::Position& to, const std::vector<syncing::ReadChange>& content);
  [[nodiscard]] bool take_receipt();

  Story& story_;
  const std::filesystem::path folder_;
  const Disk& disk_;
  Tell tell_;
  syncing_test::Appliance appliance_;
  std::unique_ptr<syncing::Connection> journal_;
  const syncing::Building building_;
  std::atomic<bool> storing_ = false;
};

}  // namespace fault
