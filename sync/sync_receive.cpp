// What comes in: every message verified, then taken for what it means.
#include <utility>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "gate/bytes/bytes.hpp"
#include "sync/sync.hpp"
#include "sync/wire/topics.hpp"

namespace syncing {
namespace {

constexpr std::size_t kReasonsKept = 16;

}  // namespace

void Sync::refuse(const core::Error& error) {
  spdlog::debug("link: message refused: {}", error.what);
  const std::lock_guard lock(mutex_);
  ++refused_;
  refusals_.push_back(error.what);
  if (refusals_.size() > kReasonsKept) refusals_.pop_front();
}

void Sync::receive(const std::string& topic, const std::string& payload) {
  const std::string& terminal = settings_.stream.terminal;
  const std::string parts = "gate/v1/" + terminal + "/snapshots/";
  if (topic == topics::head(terminal)) return take_head(payload);
  if (topic == topics::updates(terminal)) return take_batch(payload);
  if (topic == topics::receipts(terminal, settings_.appliance)) return take_receipt(payload);
  if (topic.starts_with(parts)) return topic.ends_with("/0") ? take_manifest(payload) : take_part(payload);
  refuse({core::Fault::refused, "a message on a topic that is not ours"});
}

void Sync::take_head(const std::string& payload) {
  const core::Moment now = clock_.now();
  const auto head = opener_.open<Head>(payload);
  if (!head) return refuse(head.error());
  if (auto taken = follower_->on_head(*head, now); !taken) return refuse(taken.error());
  if (const auto as_of = proven(); as_of && follower_->disproves(*as_of, now)) {
    spdlog::warn("link: the age of the data was dated ahead and is taken back");
    if (auto taken_back = replica_->disprove(); !taken_back) spdlog::error("{}", taken_back.error().what);
  }
  stands_at_replica(now);
  const std::lock_guard lock(mutex_);
  watch_ = follower_->link();
  maintenance_ = head->maintenance;
}

void Sync::take_batch(const std::string& payload) {
  const core::Moment now = clock_.now();
  const auto batch = opener_.open<Batch>(payload);
  if (!batch) return refuse(batch.error());
  if (follower_->on_batch(*batch, now) != BatchFate::apply) return;
  if (auto applied = replica_->apply(*batch); !applied) {
    spdlog::error("{}", applied.error().what);
    if (applied.error().fault == core::Fault::corrupt) replica_damaged_ = true;
    return;
  }
  stands_at_replica(now);
}

void Sync::take_manifest(const std::string& payload) {
  const core::Moment now = clock_.now();
  if (!loading_.expired())
    return;  // there is one place to build in: what is still missing is asked for again
  const auto manifest = opener_.open<SnapshotManifest>(payload);
  if (!manifest) return refuse(manifest.error());
  const auto wanted = follower_->on_manifest(*manifest, now);
  if (!wanted) return refuse(wanted.error());
  if (!*wanted) return;
  if (auto begun = replica_->begin_snapshot(); !begun) {
    spdlog::error("{}", begun.error().what);
    return follower_->give_up_building();
  }
  if (manifest->parts.empty()) finish_building(now);
}

void Sync::take_part(const std::string& payload) {
  const core::Moment now = clock_.now();
  const auto bytes = opener_.open_payload<SnapshotPart>(payload);
  if (!bytes) return refuse(bytes.error());
  auto part = read_payload<SnapshotPart>(settings_.stream, *bytes);
  if (!part) return refuse(part.error());
  const auto fate = follower_->on_part(*part, bytes::to_hex(bytes::sha256(*bytes)), now);
  if (!fate) return refuse(fate.error());
  if (*fate == PartFate::ignore) return;
  if (auto added =
          replica_->add_to_snapshot(follower_->building()->manifest().epoch, std::move(part->changes));
      !added) {
    spdlog::error("{}", added.error().what);
    return follower_->give_up_building();
  }
  if (*fate == PartFate::finished) finish_building(now);
}

void Sync::finish_building(const core::Moment& now) {
  const SnapshotManifest manifest = follower_->building()->manifest();
  follower_->give_up_building();
  const auto finished = finish_snapshot(manifest, now);
  if (finished) return;
  const bool overtaken = finished.error().fault == core::Fault::refused;
  spdlog::log(overtaken ? spdlog::level::info : spdlog::level::err, "{}", finished.error().what);
}

/// A snapshot that the stream has overtaken while it was built is of no use any more.
core::Result<void> Sync::finish_snapshot(const SnapshotManifest& manifest, const core::Moment& now,
                                         const std::string& vouched) {
  const Position offered{manifest.epoch, manifest.sequence};
  if (!replica_damaged_ && !is_old_copy() && replica_->stand().position > offered)
    return core::fail(core::Fault::refused, "the stream has overtaken the snapshot while it was built");
  if (auto finished = replica_->finish_snapshot(manifest, vouched); !finished) {
    replica_damaged_ = replica_damaged_ || finished.error().fault == core::Fault::corrupt;
    return finished;
  }
  replica_damaged_ = false;
  spdlog::info("replica: snapshot of epoch {} at {} taken over, {} changes", manifest.epoch,
               manifest.sequence, manifest.count);
  stands_at_replica(now);
  return {};
}

/// The replica has committed; now the floor may follow, and the age of the data.
void Sync::stands_at_replica(const core::Moment& now) {
  const Stand stand = replica_->stand();
  raise_floor();
  if (!replica_damaged_ && stand.position.epoch > 0) {
    follower_->stands_at(stand.position, now, !stand.vouched.empty() && !is_old_copy());
    if (follower_->proven())
      if (auto noted = replica_->prove(*follower_->proven()); !noted) spdlog::error("{}", noted.error().what);
  }
  const std::lock_guard lock(mutex_);
  behind_ = follower_->behind();
}

/// See replica/restrictions.hpp for what it means that a ban cannot be read.
void Sync::watch_unreadable(const core::Moment& now) {
  Unreadable unreadable = replica_->unreadable();
  follower_->doubt(unreadable.snapshot_may_help, now);
  if (unreadable.names == unreadable_told_) return;
  std::string text;
  for (const auto& name : unreadable.names) text += (text.empty() ? "" : ", ") + name;
  text += text.empty() ? "everything that denies can be read again"
                       : ": cannot be read, and may name anybody; jobs that need CPu are referred until the "
                         "platform has put it right";
  spdlog::warn("replica: {}", text);
  record({event(core::EventKind::alarm, "replica: " + text, now)});
  unreadable_told_ = std::move(unreadable.names);
}

bool Sync::is_old_copy() const {
  const Stand stand = replica_->stand();
  return stand.position.epoch > 0 && !journal_writer_->floor().carries(stand.position, stand.vouched);
}

/// After the replica's commit, and again with every tick until the journal has taken it: as long as it has
/// not, a copy of the replica from before that would not be known for one.
void Sync::raise_floor() {
  const Stand stand = replica_->stand();
  const Floor floor = journal_writer_->floor();
  if (raising_ || replica_damaged_ || floor.raised(stand.position, stand.vouched) == floor) return;
  raising_ = true;
  boost::asio::post(executors_.writing, [this, stand] {
    auto raised = journal_writer_->raise_floor(stand.position, stand.vouched);
    boost::asio::post(executors_.home, [this, raised = std::move(raised)] { floor_raised(raised); });
  });
}

void Sync::floor_raised(const core::Result<void>& raised) {
  raising_ = false;
  if (!raised && !floor_lags_) spdlog::error("{}; tried again until it is taken", raised.error().what);
  if (raised && floor_lags_) spdlog::info("the floor has followed the replica after all");
  floor_lags_ = !raised;
  if (raised) raise_floor();  // the replica may have gone on meanwhile
}

void Sync::take_receipt(const std::string& payload) {
  const auto receipt = opener_.open<Receipt>(payload);
  if (!receipt) return refuse(receipt.error());
  if (receipt->appliance != settings_.appliance)
    return refuse({core::Fault::refused, "receipt for another appliance"});
  boost::asio::post(executors_.writing, [this, receipt = *receipt, now = clock_.now().wall] {
    if (auto taken = journal_writer_->take(receipt, now); !taken) refuse(taken.error());
  });
}

}  // namespace syncing
