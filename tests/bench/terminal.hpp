// A large terminal: a million rights, a hundred thousand badges, twenty thousand appointments; and a replica
// of it on this machine's disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sync/store/database.hpp"
#include "sync/wire/message.hpp"
#include "tests/core/scene.hpp"
#include "tests/sync/appliance.hpp"

namespace bench {

struct Size {
  std::int64_t rights = 1'000'000;
  std::int64_t drivers = 100'000;
  std::int64_t appointments = 20'000;
};

/// The n-th right of the terminal, as the platform's `version`-th word on it.
[[nodiscard]] core::ReleaseRight right_number(std::int64_t number, std::int64_t version = 0);

class Terminal {
 public:
  explicit Terminal(const Size& size) : size_(size) {}

  [[nodiscard]] const Size& size() const { return size_; }
  [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  /// Seconds to take a whole snapshot, message by message; the replica lies in folder() then. `peak`: MiB of
  /// memory that the loading added.
  [[nodiscard]] double load(double& peak);

  /// Seconds to write the same rows with prepared statements alone, in as large transactions, to a new file.
  [[nodiscard]] double load_bare();
  [[nodiscard]] std::filesystem::path bare_file() const { return folder_ / "bare.db"; }

  /// What lies on the disk is no longer in memory.
  void forget_pages() const;

  /// The truck that everything fits for.
  [[nodiscard]] static tests::Case scene() { return tests::at_entry(); }

  [[nodiscard]] static syncing::Sealer sealer();

 private:
  [[nodiscard]] std::vector<syncing::ReadChange> part(std::int64_t index) const;
  [[nodiscard]] std::int64_t parts() const;
  void write_messages();

  Size size_;
  syncing_test::TempFolder folder_;
};

}  // namespace bench
