// A replica in a file of its own, filled batch by batch.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sync/replica/replica.hpp"
#include "tests/sync/fixture.hpp"

namespace syncing_test {

using namespace syncing;
using core::RightState;

class ReplicaFile : public testing::Test {
 protected:
  ReplicaFile() {
    open();
    snapshot(1, 0, {});
  }

  void open() {
    replica_.reset();
    auto replica = Replica::open(folder_ / "replica.db", RowKey(32, 7));
    ASSERT_TRUE(replica) << replica.error().what;
    replica_ = std::move(*replica);
  }

  core::Result<void> snapshot(std::int64_t epoch, std::int64_t sequence,
                              const std::vector<ReadChange>& changes) {
    SnapshotManifest manifest;
    manifest.epoch = epoch;
    manifest.sequence = sequence;
    manifest.count = static_cast<std::int64_t>(changes.size());
    manifest.issued_at = manifest.source_as_of = at(0);
    if (auto begun = replica_->begin_snapshot(); !begun) return begun;
    if (auto added = replica_->add_to_snapshot(epoch, changes); !added) return added;
    return replica_->finish_snapshot(manifest);
  }

  /// The next batch of epoch 1.
  core::Result<void> next(std::vector<ReadChange> changes) {
    const auto sequence = replica_->stand().position.sequence;
    Batch batch{.epoch = 1,
                .first = sequence + 1,
                .last = sequence + static_cast<std::int64_t>(changes.size()),
                .changes = std::move(changes)};
    return replica_->apply(batch);
  }

  std::optional<core::ReleaseRight> find(const std::string& id) {
    const auto rights = replica_->rights({id}, {}).value();
    return rights.empty() ? std::nullopt : std::optional(rights[0]);
  }

  RightState state(const std::string& id) { return find(id).value().state; }

  TempFolder folder_;
  std::unique_ptr<Replica> replica_;
};

}  // namespace syncing_test
