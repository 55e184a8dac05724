#include "tests/fault/dialogue.hpp"

#include <exception>
#include <random>
#include <utility>

#include "tests/fault/disk.hpp"

namespace fault {

namespace fs = std::filesystem;
namespace topics = syncing::topics;

Dialogue::Dialogue(std::vector<syncing::Change> rows) : rows_(std::move(rows)) { stream.begin(1, rows_); }

void Dialogue::begin_again() {
  appliance.reset();
  fs::remove_all(folder.path());
  fs::create_directories(folder.path());
  book = {};
  status.reset();
  receipts.clear();
  snapshot_wanted = false;
  meanings_.clear();
  undetected = false;
  stream.begin(1, rows_);
}

void Dialogue::start(const syncing::FileLayer& layer, syncing::Building building) {
  appliance.emplace(folder.path(), layer, later, building);
  later += between_starts;
  (**appliance).connection(true);
  heard_ = 0;
}

void Dialogue::stop() {
  hear();
  appliance.reset();
}

bool Dialogue::cut_off(int n, std::string_view files, const std::function<void()>& life) {
  Disk disk("cut off");
  int seen = 0;
  disk.watch([&disk, &seen, n, files](Access, std::string_view file, bool done) {
    if (!done && file.starts_with(files) && ++seen == n) disk.cut_power();
    return Harm::none;
  });
  try {
    start(disk.name());
    life();
  } catch (const std::exception&) {
    if (!disk.dead()) throw;
  }
  const bool reached = disk.dead();
  appliance.reset();
  std::mt19937_64 random(static_cast<std::uint64_t>(n));
  disk.restore_power(folder.path().string(), random);
  return reached;
}

void Dialogue::keep() {
  fs::copy_file(folder / "journal.db", folder / "kept", fs::copy_options::overwrite_existing);
}

void Dialogue::put_back() {
  put_aside();
  fs::copy_file(folder / "kept", folder / "journal.db", fs::copy_options::overwrite_existing);
}

void Dialogue::put_aside() {
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove((folder / "journal.db").string() + suffix);
}

void Dialogue::about_to(const char* what) const {
  if (doing) doing(what);
}

void Dialogue::hear() {
  for (; heard_ < appliance->sent.size(); ++heard_) {
    if (overheard) overheard(appliance->sent[heard_]);
    take(appliance->sent[heard_]);
  }
}

void Dialogue::take(const syncing_test::Sent& sent) {
  if (sent.topic == topics::events("T869", "a1")) take(opened<syncing::EventMessage>(sent));
  if (sent.topic == topics::status("T869", "a1")) status = opened<syncing::Status>(sent);
  if (sent.topic == topics::requests("T869", "a1"))
    snapshot_wanted |= opened<syncing::Request>(sent).kind == syncing::RequestKind::snapshot;
}

void Dialogue::take(const syncing::EventMessage& message) {
  const auto number = std::pair(message.journal_id, message.number);
  const auto known = meanings_.emplace(number, message.ulid).first;
  if (!undetected && known->second != message.ulid)
    wrong.push_back("number " + std::to_string(message.number) + " means two things");
  const auto taken = book.take(message);
  receipts[taken.receipt.journal_id] = taken.receipt;
}

template <class Message>
Message Dialogue::opened(const syncing_test::Sent& sent) {
  syncing::KeySet keys;
  keys.add("a1", syncing::SigningKey{"a1", std::string(32, '\x02')}.public_key());
  return syncing::Opener({"T869", "uat"}, keys, 1 << 20).open<Message>(sent.payload).value();
}

std::optional<syncing::Receipt> Dialogue::answer() {
  return status ? world::answer_to(*status, book, stream) : std::nullopt;
}

void Dialogue::say(const syncing::Receipt& receipt) {
  about_to(receipt.told ? "tell" : "acknowledge");
  appliance->say(topics::receipts("T869", "a1"), receipt);
}

void Dialogue::talk(bool answers_status, int turns) {
  for (int i = 0; i < turns; ++i) {
    about_to("wait");
    appliance->wait(turn);
    hear();
    for (const auto& [journal, receipt] : receipts) say(receipt);
    if (answers_status && status) {
      about_to("answer");
      if (const auto word = answer()) say(*word);
    }
    about_to("go on");
    appliance->head(stream.epoch(), stream.sequence());
    const auto report = appliance->report();
    const bool wanted = std::exchange(snapshot_wanted, false);
    if (wanted || report.epoch == 0 || (report.sequence == 0 && stream.sequence() == 0))
      appliance->snapshot(stream.epoch(), stream.sequence(), stream.content(), 20);
    for (const auto& batch : stream.since(appliance->report().sequence + 1))
      appliance->say(topics::updates("T869"), batch);
    appliance->head(stream.epoch(), stream.sequence());
  }
  about_to("rest");
}

core::Mode Dialogue::mode() { return (**appliance).standing(appliance->clock.now()).mode; }

std::string Dialogue::journal() { return (**appliance).journal_id(); }

}  // namespace fault
