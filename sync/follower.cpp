#include "sync/follower.hpp"

#include <algorithm>
#include <utility>

#include "gate/canon/time_text.hpp"
#include "sync/proof.hpp"

namespace syncing {
namespace {

constexpr std::size_t kMostAhead = 256;  // heads; more than twenty minutes of them

/// Updates normally come just before the head that counts them: give them that long.
constexpr core::Milliseconds kPatience = std::chrono::seconds(1);

Position position_of(const Head& head) { return {head.epoch, head.sequence}; }

/// Where our clock is trusted, a time that has not come yet is the platform's mistake: it must neither lock
/// out the good heads that follow nor make data look fresh. Where it is not, the platform knows better.
core::Result<void> possible(const char* what, core::WallTime said, const core::Moment& now) {
  if (!now.trusted || !dated_ahead(said, now)) return {};
  const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(said - now.wall);
  return core::fail(core::Fault::refused,
                    std::string(what) + " is dated " + std::to_string(ahead.count()) +
                        " s ahead of this machine's clock; at most " +
                        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(most_ahead).count()) +
                        " allowed");
}

std::string age_text(core::Milliseconds age) {
  struct Unit {
    std::int64_t length;
    const char* name;
  };
  constexpr Unit units[] = {{86'400'000, " days"}, {3'600'000, " h"}, {60'000, " min"}, {1'000, " s"}};
  const Unit* unit = units;
  while (unit->length > 1'000 && age.count() < 2 * unit->length) ++unit;
  return std::to_string(age.count() / unit->length) + unit->name;
}

/// For people: where, as of when, and how old that is.
std::string told(const Position& position, std::optional<core::WallTime> as_of, const core::Moment& now) {
  std::string text =
      "epoch " + std::to_string(position.epoch) + ", sequence " + std::to_string(position.sequence);
  if (as_of) text += " as of " + canon::time_text(*as_of) + " (" + age_text(now.wall - *as_of) + " old)";
  return text;
}

}  // namespace

Follower::Follower(core::Milliseconds head_interval, const Position& stand, const Position& floor,
                   std::uint32_t seed)
    : link_(head_interval), asking_(seed), stand_(stand), floor_(std::max(stand, floor)) {}

core::Result<void> Follower::on_head(const Head& head, const core::Moment& now) {
  if (auto fine = possible("head", std::max(head.issued_at, head.source_as_of), now); !fine) return fine;
  const bool older = newest_ && head.issued_at <= newest_->issued_at;
  // A retained or delayed one proves nothing new. But what was taken while our clock could not judge it, and
  // still has not come, gives way to one that our clock agrees with.
  if (older && !(dated_ahead(newest_->issued_at, now) && agree(head, now) && head.issued_at > confirmed_))
    return {};
  const Position known = std::max(floor_, newest_ ? position_of(*newest_) : Position{});
  if (position_of(head) < known)
    return core::fail(core::Fault::refused, "head goes back behind epoch " + std::to_string(known.epoch) +
                                                ", sequence " + std::to_string(known.sequence));
  if (older) {
    ahead_.clear();
    proven_.reset();
  }
  newest_ = head;
  if (now.trusted) confirmed_ = head.issued_at;
  link_.proven(now.steady);
  ahead_.push_back(head);
  if (ahead_.size() > kMostAhead) ahead_.pop_front();
  settle();
  reconsider(now);
  return {};
}

bool Follower::agree(const Head& head, const core::Moment& now) {
  return !dated_ahead(head.issued_at, now) && !dated_ahead(head.source_as_of, now) &&
         head.issued_at >= now.wall - most_ahead;
}

bool Follower::disproves(core::WallTime as_of, const core::Moment& now) const {
  return dated_ahead(as_of, now) && newest_ && agree(*newest_, now);
}

/// Heads that we have caught up with prove what we hold; the data age only ever moves forward.
void Follower::settle() {
  while (!ahead_.empty() && !distrusted_ && stand_.epoch > 0 && position_of(ahead_.front()) <= stand_) {
    const Head& head = ahead_.front();
    const core::WallTime proof = std::min(head.issued_at, head.source_as_of);
    if (head.epoch == stand_.epoch && (!proven_ || *proven_ < proof)) proven_ = proof;
    ahead_.pop_front();
  }
}

BatchFate Follower::on_batch(const Batch& batch, const core::Moment& now) {
  if (stand_.epoch == 0 || distrusted_ || batch.epoch != stand_.epoch) {
    reconsider(now);
    return BatchFate::other_epoch;
  }
  if (batch.last <= stand_.sequence) return BatchFate::duplicate;
  if (batch.first > stand_.sequence + 1) {
    if (asking_.wanted() != Want::snapshot) asking_.want(Want::updates, now.steady);
    return BatchFate::gap;
  }
  return doubted_ && building_ ? BatchFate::later : BatchFate::apply;
}

core::Result<bool> Follower::on_manifest(const SnapshotManifest& manifest, const core::Moment& now) {
  const core::WallTime latest = std::max(manifest.issued_at, manifest.source_as_of);
  if (auto fine = possible("snapshot", latest, now); !fine) return tl::unexpected(fine.error());
  const Position offered{manifest.epoch, manifest.sequence};
  if (offered < floor_)
    return core::fail(core::Fault::refused, "snapshot of epoch " + std::to_string(offered.epoch) +
                                                ", sequence " + std::to_string(offered.sequence) +
                                                " is older than the floor");
  if (building_ && building_->manifest().ulid == manifest.ulid) return false;
  const bool needed =
      stand_.epoch == 0 || distrusted_ || (doubted_ && offered >= stand_) ||
      (offered > stand_ && (offered.epoch > stand_.epoch || asking_.wanted() != Want::nothing));
  if (!needed) return false;
  building_.emplace(manifest);
  asking_.progress(now.steady);
  return true;
}

core::Result<PartFate> Follower::on_part(const SnapshotPart& part, const std::string& payload_sha256,
                                         const core::Moment& now) {
  if (!building_ || !building_->awaits(part)) return PartFate::ignore;
  if (auto taken = building_->take(part, payload_sha256); !taken) {
    building_.reset();
    return tl::unexpected(taken.error());
  }
  asking_.progress(now.steady);
  return building_->complete() ? PartFate::finished : PartFate::add;
}

core::Result<void> Follower::judge(const SnapshotManifest& brought, std::optional<core::WallTime> held,
                                   const core::Moment& now, bool vouched) const {
  const core::WallTime latest = std::max(brought.issued_at, brought.source_as_of);
  if (auto fine = possible("back-up", latest, now); !fine) return fine;
  const Position offered{brought.epoch, brought.sequence};
  const std::string said =
      "the back-up holds " + told(offered, std::min(brought.issued_at, brought.source_as_of), now);
  if (usable() && offered < stand_)
    return core::fail(core::Fault::refused, said + ", older than the replica, which holds " +
                                                told(stand_, held, now) +
                                                "; allowed: the same position or a later one");
  if (offered < floor_ && !(vouched && needs_more()))
    return core::fail(core::Fault::refused,
                      said + ", below the floor: this gate has already been at " + told(floor_, {}, now) +
                          "; allowed: that position or a later one" +
                          (needs_more() ? ", or older data that two supervisors bring" : ""));
  return {};
}

void Follower::stands_at(const Position& position, const core::Moment& now, bool vouched) {
  if (position != stand_) asking_.progress(now.steady);
  if (building_ && position >= Position{building_->manifest().epoch, building_->manifest().sequence})
    building_.reset();
  if (position.epoch != stand_.epoch) proven_.reset();  // another stream: its own times count
  stand_ = position;
  floor_ = std::max(floor_, position);
  distrusted_ = false;
  vouched_ = vouched;
  settle();
  reconsider(now);
}

void Follower::distrust(const core::Moment& now) {
  if (!distrusted_) building_.reset();  // said again, it must not undo the snapshot that is on its way
  distrusted_ = true;
  reconsider(now);
}

void Follower::doubt(bool doubted, const core::Moment& now) {
  if (std::exchange(doubted_, doubted) != doubted) reconsider(now);
}

void Follower::reconsider(const core::Moment& now) {
  if (!newest_) return;  // nobody there to ask
  const Position head = position_of(*newest_);
  if (stand_.epoch == 0 || distrusted_ || doubted_ || head.epoch > stand_.epoch)
    asking_.want(Want::snapshot, now.steady);
  else if (head > stand_)
    asking_.want(Want::updates, now.steady, kPatience);
  else
    asking_.want(Want::nothing, now.steady);
}

std::optional<Question> Follower::question(const core::Moment& now) {
  Question question;
  switch (asking_.due(now.steady)) {
    case Want::nothing:
      return std::nullopt;
    case Want::updates:
      question.kind = RequestKind::updates;
      question.epoch = stand_.epoch;
      question.from = stand_.sequence + 1;
      return question;
    case Want::snapshot:
      question.kind = RequestKind::snapshot;
      if (building_) question.snapshot = building_->manifest().ulid;
      if (building_) question.part = building_->next();
      return question;
  }
  return std::nullopt;
}

std::int64_t Follower::behind() const {
  if (!newest_ || newest_->epoch != stand_.epoch) return newest_ ? newest_->sequence : 0;
  return std::max<std::int64_t>(0, newest_->sequence - stand_.sequence);
}

}  // namespace syncing
