// Following the platform's stream: what a head, a batch or a snapshot means for what we hold, what is
// missing, and how old our knowledge is. Pure: no file, no clock, no network; it is told what happened.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"
#include "sync/asking.hpp"
#include "sync/assembly.hpp"
#include "sync/link_watch.hpp"
#include "sync/position.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

enum class BatchFate {
  apply,        // follows on what we hold; the part that we hold already is to be skipped
  duplicate,    // we hold all of it
  gap,          // starts beyond the next number: keep nothing
  other_epoch,  // of an older epoch, or of a newer one that we have no snapshot of
  later,        // a snapshot that is being built would be overtaken by it: asked for again afterwards
};

enum class PartFate {
  add,       // the next part of the snapshot that is being built
  finished,  // the same, and the last one
  ignore,    // of another snapshot, out of turn, or there already
};

/// A question to put to the platform.
struct Question {
  RequestKind kind = RequestKind::updates;
  std::optional<std::int64_t> epoch;
  std::optional<std::int64_t> from;
  std::optional<std::string> snapshot;
  std::optional<int> part;
};

class Follower {
 public:
  Follower(core::Milliseconds head_interval, const Position& stand, const Position& floor,
           std::uint32_t seed);

  /// Fault::refused: it contradicts what was proven already, or is dated ahead of a clock that is trusted.
  /// An old one again is no error and no proof.
  [[nodiscard]] core::Result<void> on_head(const Head& head, const core::Moment& now);

  [[nodiscard]] BatchFate on_batch(const Batch& batch, const core::Moment& now);

  /// True: begin to build. False: it brings nothing new. Fault::refused: older than the floor, or dated
  /// ahead.
  [[nodiscard]] core::Result<bool> on_manifest(const SnapshotManifest& manifest, const core::Moment& now);
  /// Fault::corrupt: it is not the part that the manifest promised; the build is given up.
  [[nodiscard]] core::Result<PartFate> on_part(const SnapshotPart& part, const std::string& payload_sha256,
                                               const core::Moment& now);
  [[nodiscard]] const std::optional<Assembly>& building() const { return building_; }
  void give_up_building() { building_.reset(); }

  /// Whether a snapshot that somebody brings may take the replica's place: from where the replica stands on,
  /// or, where it cannot be trusted, from the floor on. Changes nothing. `held`: as of when the replica is.
  /// Fault::refused names both positions, their times and ages.
  /// `vouched`: two persons stand up for it where it is below the floor and no replica is there that has
  /// come up to it.
  [[nodiscard]] core::Result<void> judge(const SnapshotManifest& brought, std::optional<core::WallTime> held,
                                         const core::Moment& now, bool vouched = false) const;
  /// Whether it is only two persons who may load it.
  [[nodiscard]] bool needs_people(const SnapshotManifest& brought) const {
    return needs_more() && Position{brought.epoch, brought.sequence} < floor_;
  }

  /// The replica stands there now (batch applied, snapshot swapped in); the floor is to follow. `vouched`:
  /// two persons stood up for it, wherever below the floor that is.
  void stands_at(const Position& position, const core::Moment& now, bool vouched = false);

  /// The replica cannot be trusted: only a snapshot helps, also one as old as the floor.
  void distrust(const core::Moment& now);

  /// What we hold says something that cannot be read, and a snapshot may say it better: one is asked for.
  /// Updates are taken as ever until it is being built.
  void doubt(bool doubted, const core::Moment& now);

  /// The newest proof that covers all we hold: issue time or sourceAsOf, whichever is older.
  [[nodiscard]] std::optional<core::WallTime> proven() const { return proven_; }

  /// That time has not come yet, as the newest head and this machine's clock agree: it proves nothing.
  [[nodiscard]] bool disproves(core::WallTime as_of, const core::Moment& now) const;

  /// What to ask now, if anything; counts as asked.
  [[nodiscard]] std::optional<Question> question(const core::Moment& now);

  [[nodiscard]] const LinkWatch& link() const { return link_; }
  [[nodiscard]] const Position& stand() const { return stand_; }
  [[nodiscard]] const Position& floor() const { return floor_; }
  [[nodiscard]] const std::optional<Head>& newest() const { return newest_; }
  [[nodiscard]] std::int64_t behind() const;

 private:
  /// No replica is there, or none that has come up to the floor.
  [[nodiscard]] bool needs_more() const { return distrusted_ || stand_.epoch == 0 || stand_ < floor_; }
  /// It may be decided from, as far as its place says.
  [[nodiscard]] bool usable() const { return !distrusted_ && (stand_ >= floor_ || vouched_); }
  void reconsider(const core::Moment& now);
  void settle();
  [[nodiscard]] static bool agree(const Head& head, const core::Moment& now);

  LinkWatch link_;
  Asking asking_;
  Position stand_;
  Position floor_;
  std::optional<Head> newest_;
  core::WallTime confirmed_{};  // issue time of the newest head that came while our clock was trusted
  std::deque<Head> ahead_;      // heads that promise more than we hold, oldest first; bounded
  std::optional<core::WallTime> proven_;
  std::optional<Assembly> building_;
  bool distrusted_ = false;
  bool vouched_ = false;
  bool doubted_ = false;
};

}  // namespace syncing
