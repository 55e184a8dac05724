#include "tests/fault/story.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/sync/fixture.hpp"

namespace fault {
namespace {

constexpr int kRowsOfAKind = 6;  // of each kind in the platform's stream: few, so that they meet often
constexpr int kRightsAtOnce = 5;

std::string named(const char* what, std::int64_t number) {
  std::string digits = std::to_string(number);
  return what + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

core::Claim claim_of(const Step& step, core::ClaimState state) {
  return syncing_test::claim(step.release, step.visit, state, "BOX" + step.release, "S1");
}

core::GateEvent event_of(const Step& step, core::EventKind kind, const char* what) {
  core::GateEvent event = syncing_test::event(kind, "step " + std::to_string(step.number) + " " + what);
  event.visit = step.visit;
  event.release_id = step.release;
  return event;
}

const std::string& release_of(const Book& book, const std::string& visit) {
  const auto found = std::find_if(book.claims.begin(), book.claims.end(),
                                  [&visit](const auto& claim) { return claim.first.second == visit; });
  if (found == book.claims.end()) throw std::logic_error("a visit without a claim");
  return found->first.first;
}

std::string any_visit(const Book& book, Random& random, std::initializer_list<core::VisitState> states) {
  std::vector<std::string> fitting;
  for (const auto& [id, state] : book.visits)
    if (std::find(states.begin(), states.end(), state) != states.end()) fitting.push_back(id);
  if (fitting.empty()) return "";
  return fitting[static_cast<std::size_t>(chance(random, 0, static_cast<int>(fitting.size()) - 1))];
}

bool held(const Book& book, const std::string& release) {
  return std::any_of(book.claims.begin(), book.claims.end(), [&release](const auto& claim) {
    return claim.first.first == release && claim.second != core::ClaimState::released;
  });
}

}  // namespace

std::optional<ports::JournalEntry> Step::entry() const {
  using core::ClaimState;
  using core::Ending;
  using core::EventKind;
  using core::VisitState;
  ports::JournalEntry entry;
  const bool out = act == Act::leave;
  core::PassageRecord passage = syncing_test::passage(out ? named("X", number) : visit);
  passage.visit = visit;
  core::Visit truck = syncing_test::visit(visit, named("TRUCK", number));
  if (act == Act::enter || act == Act::steal) {
    entry.claims.push_back(claim_of(*this, ClaimState::claimed));
    entry.events.push_back(event_of(*this, EventKind::granted, "granted"));
  } else if (act == Act::pass_in) {
    passage.ending = Ending::passed;
    truck.state = VisitState::inside;
    entry.events.push_back(event_of(*this, EventKind::gate_in, "in"));
  } else if (act == Act::back_out) {
    passage.ending = Ending::backed_out;
    truck.state = VisitState::cancelled;
    entry.claims.push_back(claim_of(*this, ClaimState::released));
  } else if (out) {
    passage.direction = core::Direction::exit;
    passage.ending = Ending::passed;
    truck.state = VisitState::left;
    entry.claims.push_back(claim_of(*this, ClaimState::used));
    entry.events.push_back(event_of(*this, EventKind::granted, "granted out"));
    entry.events.push_back(event_of(*this, EventKind::gate_out, "out"));
  } else {
    return std::nullopt;
  }
  if (act != Act::pass_in && act != Act::back_out)
    entry.case_json = "{\"step\":" + std::to_string(number) + "}";
  entry.passage = std::move(passage);
  entry.visit = std::move(truck);
  return entry;
}

void Book::take(const Step& step) {
  const auto entry = step.entry();
  if (!entry || step.act == Act::steal) return;
  passages[entry->passage->id] = entry->passage->ending;
  visits[entry->visit->id] = entry->visit->state;
  for (const auto& claim : entry->claims) claims[{claim.release_id, claim.visit}] = claim.state;
  for (const auto& event : entry->events) events.push_back(*event.text);
  if (entry->case_json) cases.push_back(*entry->case_json);
}

void Book::interrupt() {
  for (auto& [id, ending] : passages) {
    if (ending != core::Ending::open) continue;
    ending = core::Ending::interrupted;
    visits[id] = core::VisitState::interrupted;
    for (auto& [names, state] : claims)
      if (names.second == id && state == core::ClaimState::claimed) state = core::ClaimState::interrupted;
  }
}

Act Story::any_act(Random& random) const {
  constexpr Act acts[] = {Act::enter,   Act::enter,   Act::enter,    Act::pass_in, Act::pass_in, Act::leave,
                          Act::leave,   Act::steal,   Act::back_out, Act::receipt, Act::receipt, Act::updates,
                          Act::updates, Act::updates, Act::snapshot, Act::tick};
  return acts[chance(random, 0, static_cast<int>(std::size(acts)) - 1)];
}

Step Story::next() const {
  Random random(seed_ * 1'000'003 + static_cast<std::uint64_t>(steps_ * 1009 + lives_));
  Step step{.act = any_act(random), .number = steps_ + 1};
  using core::VisitState;
  if (step.act == Act::pass_in || step.act == Act::back_out)
    step.visit = any_visit(book_, random, {VisitState::admitted});
  if (step.act == Act::leave)
    step.visit = any_visit(book_, random, {VisitState::inside, VisitState::interrupted});
  if (!step.visit.empty()) step.release = release_of(book_, step.visit);
  if (step.visit.empty() && step.act <= Act::steal) {
    step.visit = named("P", step.number);
    step.release = named("R", steps_ / 12 * 2 + chance(random, 0, kRightsAtOnce - 1));
    step.act = held(book_, step.release) ? Act::steal : Act::enter;
  }
  if (position_.epoch == 0) step.act = Act::snapshot;
  if (step.act == Act::updates || step.act == Act::snapshot)
    for (int i = chance(random, 1, 6); i > 0; --i)
      step.changes.push_back(
          random_change(random, kRowsOfAKind, "M" + std::to_string(step.number) + "N" + std::to_string(i)));
  step.next_epoch = position_.epoch == 0 || (step.act == Act::snapshot && chance(random, 0, 1) == 0);
  return step;
}

syncing::Position Story::position_after(const Step& step) const {
  if (step.changes.empty()) return position_;
  if (step.next_epoch) return {position_.epoch + 1, 0};
  return {position_.epoch, position_.sequence + static_cast<std::int64_t>(step.changes.size())};
}

std::map<syncing::Position, Reference> Story::contents() const {
  auto all = contents_;
  if (!doubt_ || doubt_->changes.empty()) return all;
  Reference with = all.rbegin()->second;
  for (const auto& change : doubt_->changes) with.apply(change);
  all[position_after(*doubt_)] = std::move(with);
  return all;
}

std::vector<syncing::ReadChange> Story::stream_after(std::int64_t sequence) const {
  return {stream_.begin() + (sequence - stream_from_), stream_.end()};
}

Book Story::book_with_doubt() const {
  Book book = book_;
  if (doubt_) book.take(*doubt_);
  return book;
}

void Story::take(const Step& step) {
  book_.take(step);
  if (step.changes.empty()) return;
  contents_ = contents();
  position_ = position_after(step);
  if (step.act == Act::snapshot) {
    contents_.erase(contents_.begin(), contents_.find(position_));
    stream_.clear();
    stream_from_ = position_.sequence;
  } else {
    stream_.insert(stream_.end(), step.changes.begin(), step.changes.end());
  }
}

void Story::hear(const std::string& line) {
  std::istringstream words(line);
  std::string what;
  words >> what;
  if (what == "doing") {
    doubt_ = next();
  } else if (what == "done") {
    std::string harmed;  // by the disk: the floor may not have followed
    words >> harmed;
    take(*doubt_);
    if (harmed.empty()) floor_ = position_;
    doubt_.reset();
    ++steps_;
  } else if (what == "found") {  // after a start: "with" or "without" what was in doubt; the floor
    std::string doubtful;
    words >> doubtful >> floor_.epoch >> floor_.sequence;
    if (doubtful == "with") {
      take(*doubt_);
      ++steps_;
    }
    doubt_.reset();
    book_.interrupt();
  } else if (what == "event") {
    std::int64_t number = 0;
    Said said;
    words >> number >> said.ulid;
    std::getline(words >> std::ws, said.text);
    const auto [known, fresh] = said_.emplace(number, said);
    if (!fresh && known->second != said)
      throw std::runtime_error("event " + std::to_string(number) + " means two things");
  } else if (what == "taking") {
    std::int64_t number = 0;
    words >> number;
    taking_ = std::max(taking_, number);
  } else if (what == "taken") {
    words >> taken_;
  }
}

}  // namespace fault
