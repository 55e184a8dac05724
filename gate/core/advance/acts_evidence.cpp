// A vehicle comes, and what is learned about it.
#include <algorithm>

#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/guards.hpp"

namespace core::lane_table {
namespace {

/// A Belgian trailer's plate; appointments bind the tractor.
bool of_trailer(const PlateRead& read) { return read.country == "BE" && read.plate.starts_with('Q'); }

std::optional<PlateEvidence> plate_of(std::vector<PlateRead> reads) {
  std::erase_if(reads, of_trailer);
  const auto better = [](const PlateRead& a, const PlateRead& b) { return !a.sure && b.sure; };
  const auto best = std::max_element(reads.begin(), reads.end(), better);  // the first of equals
  if (best == reads.end()) return std::nullopt;
  return PlateEvidence{best->plate, best->sure, Source::read};
}

void adopt_refs(std::vector<PictureRef> refs, Evidence& evidence) {
  if (!refs.empty()) evidence.picture_refs = std::move(refs);
}

/// What people said stays: a late picture does not overrule them.
void adopt(const PicturesRead& pictures, Passage& passage) {
  Evidence& evidence = passage.evidence;
  passage.sighting = pictures.sighting;
  evidence.view_faults = pictures.sighting.faults;
  evidence.pictures = PicturesState::read;
  adopt_refs(pictures.refs, evidence);
  if (!evidence.plate || evidence.plate->source == Source::read) {
    evidence.plate = plate_of(pictures.sighting.plates);
  }
  std::erase_if(evidence.containers,
                [](const ContainerEvidence& each) { return each.source == Source::read; });
  for (const ContainerRead& read : pictures.sighting.containers) {
    evidence.containers.push_back({read.code, read.size_type, read.sure, read.check_digit, Source::read});
  }
}

}  // namespace

void quiet(const Turn&) {}
void note_dead_read(const Turn& t) { t.note("a read from before this vehicle arrived is not used"); }
void note_late_read(const Turn& t) { t.note("a read after the verdict, or for nobody, is not used"); }
void note_late(const Turn& t) { t.note("an answer that came too late is not used"); }

void blank(Passage& passage) {
  Passage fresh;
  fresh.lane = passage.lane;
  fresh.direction = passage.direction;
  fresh.timers = passage.timers;
  fresh.state = passage.state;
  fresh.spare_id = passage.spare_id;
  fresh.revision = passage.revision + 1;
  fresh.signals = passage.signals;
  fresh.presence_since = passage.presence_since;
  fresh.order = passage.order;
  fresh.fire = passage.fire;
  fresh.stopping = passage.stopping;
  fresh.heard = passage.heard;
  passage = std::move(fresh);
}

void begin(const Turn& t) {
  Passage& p = t.passage;
  blank(p);
  p.id = std::exchange(p.spare_id, {});
  p.detected = p.presence_since.value_or(t.now);
  p.evidence.direction = p.direction;
  p.evidence.first_detected = p.detected->wall;
  for (const Timer timer : {Timer::escalate, Timer::retry, Timer::travel}) t.stop(timer);
  t.emit(TakePictures{p.id});
  t.start(Timer::pictures, p.timers.pictures_time);
  Record record;
  record.events.push_back(event_of(p, EventKind::truck_detected, *p.detected));
  write(t, std::move(record));
  verify_again(t);
}

void verify_again(const Turn& t) {
  t.passage.own_reason.reset();
  t.passage.proposal.reset();
  ++t.passage.revision;
  t.emit(Refresh{});
  t.emit(Verify{t.passage.revision});
}

void look_again(const Turn& t) {
  if (t.passage.opinion) verify_again(t);
}

void take_badge(const Turn& t) {
  const auto& badge = t.as<BadgeRead>();
  t.passage.evidence.badge = BadgeEvidence{badge.credential_hash, badge.captured.wall};
  verify_again(t);
}

void take_other_badge(const Turn& t) {
  t.note("another badge was presented before the verdict; the latest counts");
  take_badge(t);
}

void take_tar(const Turn& t) {
  t.passage.evidence.tar = t.as<TarGiven>().tar;
  verify_again(t);
}

void keep_pictures(const Turn& t) {
  if (const auto* failed = std::get_if<PicturesFailed>(&t.event)) {
    t.passage.evidence.pictures = PicturesState::failed;
    t.passage.evidence.view_faults = failed->faults;
    adopt_refs(failed->refs, t.passage.evidence);
  } else {
    adopt(t.as<PicturesRead>(), t.passage);
  }
}

void take_pictures(const Turn& t) {
  keep_pictures(t);
  t.stop(Timer::pictures);
  verify_again(t);
}

void lose_pictures(const Turn& t) { take_pictures(t); }

void give_up_pictures(const Turn& t) {
  t.passage.evidence.pictures = PicturesState::failed;
  t.note("the pictures were not read in time");
  verify_again(t);
}

void expire_prompt(const Turn& t) {
  t.passage.evidence.prompt_expired = true;
  verify_again(t);
}

}  // namespace core::lane_table
