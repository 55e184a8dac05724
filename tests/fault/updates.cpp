#include "tests/fault/updates.hpp"

#include <algorithm>
#include <deque>

#include <spdlog/spdlog.h>

#include "tests/fault/reference.hpp"
#include "tests/sync/appliance.hpp"

namespace fault {
namespace {

using syncing::Position;
using syncing::ReadChange;

constexpr int kRows = 12;
constexpr std::int64_t kMostAhead = 60;      // the stream runs no further ahead of the replica
constexpr std::int64_t kBetweenLooks = 100;  // changes between two comparisons of everything
constexpr std::int64_t kBetweenAnswers =
    2000;  // and between two times that the platform answers every question

/// One generation of the stream: its content at the beginning, and every change since.
struct Epoch {
  std::int64_t number = 1;
  Reference start{};
  std::vector<ReadChange> stream{};

  [[nodiscard]] std::int64_t last() const { return static_cast<std::int64_t>(stream.size()); }
};

struct Snapshot {
  syncing::SealedSnapshot sealed;
  Position position;
  Reference content;
};

class Following {
 public:
  explicit Following(std::uint64_t seed) : random_(seed) {
    (*appliance_)->connection(true);
    key_ = row_key();
    begin_epoch();
  }

  Followed run(std::int64_t operations) {
    std::int64_t next_look = kBetweenLooks, next_answers = kBetweenAnswers;
    while (done_.operations < operations && done_.wrong.empty()) {
      grow();
      anything();
      if (done_.operations < next_look) continue;
      look();
      next_look = done_.operations + kBetweenLooks;
      if (done_.operations < next_answers) continue;
      catch_up();
      look();
      if (appliance_->report().standing.mode != core::Mode::online) wrong("not online after catching up");
      next_answers = done_.operations + kBetweenAnswers;
    }
    return done_;
  }

 private:
  syncing::RowKey row_key() {
    const auto journal = syncing::open_reader(folder_ / "journal.db").value();
    syncing::RowKey key;
    journal->each("SELECT row_key FROM identity", [&key](SQLite::Statement& row) {
      const std::string bytes = row.getColumn(0).getString();
      key.assign(bytes.begin(), bytes.end());
    });
    return key;
  }

  [[nodiscard]] Position stand() {
    const auto report = appliance_->report();
    return {report.epoch, report.sequence};
  }

  void wrong(const std::string& what) {
    done_.wrong.push_back("after " + std::to_string(done_.operations) + " changes: " + what);
  }

  void begin_epoch() {
    Epoch epoch{.number = epochs_.empty() ? 1 : epochs_.back().number + 1};
    for (int i = chance(random_, 0, kRows); i > 0; --i)
      epoch.start.apply(random_change(random_, kRows, mark()));
    content_at_head_ = epoch.start;
    epochs_.push_back(std::move(epoch));
    if (epochs_.size() > 2) epochs_.pop_front();
  }

  std::string mark() { return "M" + std::to_string(++marks_); }

  void grow() {
    Epoch& epoch = epochs_.back();
    const std::int64_t held = at_.epoch == epoch.number ? at_.sequence : 0;
    for (int i = chance(random_, 0, 12); i > 0 && epoch.last() < held + kMostAhead; --i) {
      epoch.stream.push_back(random_change(random_, kRows, mark()));
      content_at_head_.apply(epoch.stream.back());
    }
  }

  void anything() {
    const int what = chance(random_, 0, 199);
    if (what < 150) return batch(what < 140 ? epochs_.back() : epochs_.front());
    if (what < 165) return head();
    if (what < 170) return make_snapshot();
    if (what < 190) return any_part();
    if (what < 194) return leap();
    if (what < 196) return restart();
    if (what < 197) return begin_epoch();
    appliance_->wait(std::chrono::milliseconds(500));
  }

  /// Some numbers of an epoch: often near what the replica holds, so that all of them matter.
  void batch(const Epoch& epoch) {
    if (epoch.last() == 0) return;
    const std::int64_t near = epoch.number == at_.epoch ? at_.sequence : 0;
    const std::int64_t from = std::clamp<std::int64_t>(near + chance(random_, -8, 6), 1, epoch.last());
    deliver(epoch, from, std::min<std::int64_t>(epoch.last(), from + chance(random_, 0, 20)));
  }

  void deliver(const Epoch& epoch, std::int64_t first, std::int64_t last) {
    appliance_->updates(epoch.number, first, {epoch.stream.begin() + first - 1, epoch.stream.begin() + last});
    done_.operations += last - first + 1;
    Position expected = at_;
    if (epoch.number == at_.epoch && first <= at_.sequence + 1)
      expected.sequence = std::max(last, at_.sequence);
    for (std::int64_t i = at_.sequence; i < expected.sequence; ++i)
      content_.apply(epoch.stream[static_cast<std::size_t>(i)]);
    done_.applied += expected.sequence - at_.sequence;
    at_ = expected;
    if (stand() != expected) wrong("a batch led elsewhere than it ought to");
  }

  void head() {
    appliance_->clock.advance(std::chrono::milliseconds(10));
    appliance_->head(epochs_.back().number, epochs_.back().last());
  }

  void make_snapshot() {
    const Position position{epochs_.back().number, epochs_.back().last()};
    appliance_->clock.advance(std::chrono::milliseconds(10));
    snapshots_.push_back({appliance_->seal(position.epoch, position.sequence, content_at_head_.whole(), 25),
                          position, content_at_head_});
    if (snapshots_.size() > 3) snapshots_.pop_front();
  }

  void any_part() {
    if (snapshots_.empty()) return;
    const Snapshot& from =
        snapshots_[static_cast<std::size_t>(chance(random_, 0, static_cast<int>(snapshots_.size()) - 1))];
    const auto parts = from.sealed.messages.size();
    if (chance(random_, 0, 3) == 0) return whole(from);
    part(from, static_cast<std::size_t>(chance(random_, 0, static_cast<int>(parts) - 1)));
  }

  /// All parts in order, as an appliance wants them, with updates in between.
  void whole(const Snapshot& from) {
    for (std::size_t i = 0; i < from.sealed.messages.size(); ++i) {
      part(from, i);
      if (chance(random_, 0, 5) == 0) batch(epochs_.back());
    }
  }

  /// The platform is ahead, says so, and sends a snapshot.
  void leap() {
    grow();
    head();
    make_snapshot();
    whole(snapshots_.back());
  }

  void part(const Snapshot& from, std::size_t index) {
    appliance_->part(from.sealed, index);
    appliance_->settle();
    if (index > 0) done_.operations += from.sealed.manifest.parts[index - 1].count;
    const Position now = stand();
    if (now == at_) return;
    if (now != from.position || now < at_) return wrong("a snapshot led elsewhere than it ought to");
    at_ = now;
    content_ = from.content;
    ++done_.swaps;
  }

  void restart() {
    appliance_->restart();
    (*appliance_)->connection(true);
    appliance_->sent.clear();
    ++done_.restarts;
    if (stand() != at_) wrong("a restart moved the replica");
  }

  /// The platform answers what it is asked, until the appliance stands where the stream does.
  void catch_up() {
    const Position goal{epochs_.back().number, epochs_.back().last()};
    head();
    for (int round = 0; round < 40 && at_ != goal; ++round) {
      appliance_->sent.clear();
      appliance_->wait(std::chrono::seconds(70));
      head();
      const auto requests = appliance_->requests();
      if (requests.empty()) continue;
      if (requests.back().kind == syncing::RequestKind::updates && requests.back().epoch == goal.epoch) {
        deliver(epochs_.back(), *requests.back().from, goal.sequence);
      } else {
        make_snapshot();
        for (std::size_t i = 0; i < snapshots_.back().sealed.messages.size(); ++i) part(snapshots_.back(), i);
      }
    }
    if (at_ != goal) wrong("it never caught up");
    appliance_->receipt(appliance_->report().outbox > 0 ? last_event() : 0);
    appliance_->sent.clear();
  }

  std::int64_t last_event() {
    const auto journal = syncing::JournalReader::open(folder_ / "journal.db").value();
    return journal->outbox().value().last;
  }

  void look() {
    const auto replica = syncing::open_reader(folder_ / "replica.db").value();
    for (const auto& difference : content_.differences(*replica, key_)) wrong(difference);
  }

  Random random_;
  syncing_test::TempFolder folder_;
  std::unique_ptr<syncing_test::Appliance> appliance_ =
      std::make_unique<syncing_test::Appliance>(folder_.path());
  syncing::RowKey key_;
  std::deque<Epoch> epochs_;
  Reference content_at_head_;
  std::deque<Snapshot> snapshots_;
  Position at_;        // where the replica must stand
  Reference content_;  // and what it must hold there
  std::int64_t marks_ = 0;
  Followed done_;
};

}  // namespace

Followed follow(std::uint64_t seed, std::int64_t operations) {
  spdlog::set_level(spdlog::level::off);
  const Followed followed = Following(seed).run(operations);
  spdlog::set_level(spdlog::level::info);
  return followed;
}

}  // namespace fault
