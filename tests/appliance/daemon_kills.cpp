#include "tests/appliance/daemon_kills.hpp"

#include <map>
#include <random>
#include <set>
#include <thread>

#include "sync/store/database.hpp"
#include "tests/appliance/killed_site.hpp"

namespace daemon_test {
namespace {

using core::EventKind;

/// One life of the daemon, with a truck at each lane, until so many events more came to the platform, and a
/// little longer.
class Life {
 public:
  Life(KilledSite& site, int in, int out) : site_(site) {
    before_ = site.platform().events().size();
    entering_ = std::jthread([this, in] {
      site_.drive_in(in, stop_.get_token());
      ++done_;
    });
    leaving_ = std::jthread([this, out] {
      if (out > 0) site_.drive_out(out, stop_.get_token());
      ++done_;
    });
  }

  void kill_after(std::size_t events, std::chrono::milliseconds more) {
    KilledSite::until(
        [this, events] { return done_ == 2 || site_.platform().events().size() >= before_ + events; });
    std::this_thread::sleep_for(more);
    site_.kill_9();
    stop_.request_stop();
    entering_.join();
    leaving_.join();
    site_.clear_lanes();
  }

 private:
  KilledSite& site_;
  std::size_t before_ = 0;
  std::stop_source stop_;
  std::atomic<int> done_ = 0;
  std::jthread entering_, leaving_;
};

/// What the journal says that happened, and what the platform took over, are the same; and no right was used
/// twice.
void judge(const KilledSite& site, std::vector<std::string>& wrong) {
  const auto journal = syncing::open_reader(site.files().folder() / "journal.db").value();
  std::set<std::string> ours, theirs;
  journal->each("SELECT ulid, state FROM outbox", [&](SQLite::Statement& row) {
    ours.insert(row.getColumn(0).getString());
    if (row.getColumn(1).getString() != "taken")
      wrong.emplace_back("an event has no receipt, or was refused");
  });
  std::map<std::string, int> left;
  for (const auto& message : site.platform().events()) {
    theirs.insert(message.ulid);
    if (message.event.kind == EventKind::gate_out) ++left[message.event.release_id.value_or("")];
  }
  if (ours != theirs)
    wrong.push_back("the journal has " + std::to_string(ours.size()) + " events, the platform " +
                    std::to_string(theirs.size()));
  for (const auto& [right, times] : left)
    if (times > 1) wrong.push_back("right " + right + " was used twice");
  journal->each("SELECT release_id FROM claims WHERE state <> 'released' GROUP BY 1 HAVING count(*) > 1",
                [&wrong](SQLite::Statement& row) {
                  wrong.push_back("right " + row.getColumn(0).getString() + " is held twice");
                });
  const auto book = site.platform().book();
  for (const auto& hole : book.holes()) wrong.push_back("events missing, " + hole);
  for (const auto& conflict : book.conflicts()) wrong.push_back(conflict);
  for (const auto& refused : site.platform().refused()) wrong.push_back("refused: " + refused);
}

}  // namespace

DaemonKilled kill_daemon(std::uint64_t seed, int kills) {
  DaemonKilled killed;
  std::mt19937_64 random(seed);
  const auto any = [&random](int most) { return std::uniform_int_distribution(0, most)(random); };
  KilledSite site(kills + 1);
  const auto must = [&killed, &site](bool so, const std::string& what) {
    if (!so) killed.wrong.push_back(what + ":\n" + text_of(site.files().folder() / "log"));
    return so;
  };
  int out = 0;
  for (; killed.runs < kills && killed.wrong.empty(); ++killed.runs) {
    if (!must(site.start(), "it did not start after a kill")) break;
    Life(site, killed.runs + 1, out)
        .kill_after(static_cast<std::size_t>(any(7)), std::chrono::milliseconds(any(400)));
    out = site.is_inside(killed.runs + 1) ? killed.runs + 1 : 0;
  }
  if (!must(site.start(), "it did not start in the end")) return killed;
  const auto last = site.drive_in(kills + 1, {});
  must(last.last && last.last->ending == core::Ending::passed, "the lane does not answer: " + last.trouble);
  must(site.receipted(), "not everything has a receipt");
  for (const auto& message : site.platform().events())
    killed.granted += message.event.kind == EventKind::granted ? 1 : 0;
  must(site.stop() == 0, "it did not stop well");
  judge(site, killed.wrong);
  return killed;
}

}  // namespace daemon_test
