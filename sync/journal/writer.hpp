// The one connection that writes journal.db: the truth of this gate, never lost.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/journal.hpp"
#include "sync/journal/audit_log.hpp"
#include "sync/journal/floor.hpp"
#include "sync/journal/holdings.hpp"
#include "sync/journal/lineage.hpp"
#include "sync/journal/mark.hpp"
#include "sync/journal/seals.hpp"
#include "sync/position.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

/// Used from one thread at a time: the journal's writer.
class JournalWriter {
 public:
  /// Opens or creates. An error says what to do about it: a journal is never replaced by itself. One that is
  /// found to be an old copy gets a new name, and one that is found to have begun in the place of another
  /// keeps its own; both do not know what was used meanwhile (see needs).
  [[nodiscard]] static core::Result<std::unique_ptr<JournalWriter>> open(const std::filesystem::path& file,
                                                                         core::WallTime now,
                                                                         const FileLayer& layer = {});

  /// One transaction, on the disk when it returns; see ports::Journal::commit for the faults. `compared`:
  /// claims that need no further comparison with what the platform knew; what it found is in the entry.
  [[nodiscard]] core::Result<void> commit(const ports::JournalEntry& entry,
                                          const std::vector<core::Claim>& compared = {});

  /// Somebody has dealt with that finding, and `event` says so. Fault::not_found: none of that name is open.
  [[nodiscard]] core::Result<void> settle(const std::string& finding, const core::GateEvent& event);

  /// At start: passages that never ended become interrupted, with what they held; each with an event.
  /// Gives their number.
  [[nodiscard]] core::Result<int> close_interrupted(const core::Moment& now);

  /// The replica stands there, and bears that build's name (empty: none). Never lowers the floor.
  [[nodiscard]] core::Result<void> raise_floor(const Position& position, const std::string& build = {});
  /// Two persons stand up for data below the floor, in whatever replica will bear that name: in place of
  /// what anybody stood up for before.
  [[nodiscard]] core::Result<void> vouch(Vouched vouched);

  /// Fault::refused: a receipt for another journal; for events that are not here, by which the journal is
  /// known for an old copy and gets a new name; or the platform does not know all that is missing, and what
  /// is in between reached nobody.
  [[nodiscard]] core::Result<void> take(const Receipt& receipt, core::WallTime now);

  /// A picture that now lies in the album.
  [[nodiscard]] core::Result<void> note_picture(const core::PictureRef& picture, core::WallTime taken,
                                                std::size_t bytes);

  /// The oldest pictures of the album that were taken before then, by their digests.
  [[nodiscard]] core::Result<std::vector<std::string>> pictures_before(core::WallTime before, int limit);
  /// Those of them that were not taken anew meanwhile are no longer in the album.
  [[nodiscard]] core::Result<void> forget_pictures(const std::vector<std::string>& digests,
                                                   core::WallTime before);

  /// At most `limit` of the oldest decision records before then; see retention.hpp. Gives their number.
  [[nodiscard]] core::Result<int> erase_records(core::WallTime before, int limit);

  /// Vouches for the audit log as it is: gives the signed note, which is on the disk by then. nullopt:
  /// nothing was written since the last one.
  [[nodiscard]] core::Result<std::optional<std::string>> sign_log(const AuditSigner& signer);
  [[nodiscard]] const AuditLog& log() const { return log_; }

  /// Any thread, as all down to the floor: what the journal is as of its last commit.
  [[nodiscard]] std::string journal_id() const;
  [[nodiscard]] Lineage lineage() const;
  /// Where the replica must stand, at least, for what the journal does not know to be known all the same;
  /// nowhere yet where the platform has still to tell it.
  [[nodiscard]] Position needs() const;
  static constexpr Position nowhere{std::numeric_limits<std::int64_t>::max(), 0};
  /// Why the mark beside the journal could not be written the last time; empty: it was. While it cannot, an
  /// old copy that is put in the journal's place is not known here by it.
  [[nodiscard]] std::string mark_trouble() const;
  [[nodiscard]] Floor floor() const;

  /// Folds the write-ahead log into the file once it has grown. To be called now and then: SQLite by itself
  /// would let every fiftieth decision wait for it.
  void fold();

  [[nodiscard]] const std::vector<unsigned char>& row_key() const { return row_key_; }

  /// What must be there, for a reader to watch over; and whether damage was found. A damaged journal is still
  /// written: what happens at the gate is never lost.
  [[nodiscard]] const std::shared_ptr<Holdings>& holdings() const { return holdings_; }

 private:
  explicit JournalWriter(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  void load_identity(core::WallTime now);

  // writer_lineage.cpp
  [[nodiscard]] core::Result<void> compare_with_mark(const std::filesystem::path& file, core::WallTime now);
  [[nodiscard]] bool has(const Mark::Entry& entry);
  [[nodiscard]] bool has(const EventsUpTo& events) const;
  void count_events();
  [[nodiscard]] std::string leaf_of(std::int64_t number);
  /// How it was found out that this is not the newest journal of this gate, or may not be.
  struct Finding {
    std::string words;                // for people
    std::vector<EventsUpTo> lacks{};  // as far as anybody knows
    std::optional<std::string> instead_of{};
  };
  [[nodiscard]] std::optional<Finding> doubt();
  [[nodiscard]] core::Result<void> begin_anew(const Finding& found, core::WallTime now);
  [[nodiscard]] bool has_said(const Receipt& receipt);
  [[nodiscard]] core::Result<void> take_told(const Told& told);
  /// `leaf`: of the newest entry, in hex digits.
  void set_mark(std::string leaf);

  /// An entry, and `besides` in the same transaction.
  [[nodiscard]] core::Result<void> write(const ports::JournalEntry& entry,
                                         const std::function<core::Result<void>()>& besides);
  [[nodiscard]] core::Result<void> write_all(const ports::JournalEntry& entry, audit::Hash& leaf);
  [[nodiscard]] ports::JournalEntry interruption_of(core::PassageRecord passage, const core::Moment& now);
  /// Runs `work` as one transaction; an exception becomes an error and undoes it.
  [[nodiscard]] core::Result<void> transaction(const char* doing,
                                               const std::function<core::Result<void>()>& work);
  [[nodiscard]] tl::unexpected<core::Error> failed(const std::exception& exception, const char* doing);
  /// Within it: so the journal is called from the commit on.
  void follow(Lineage next);
  [[nodiscard]] core::Result<void> move_floor(const Floor& next);

  int pages_in_log_ = 0;  // as of the last commit; outlives the connection, which writes it
  std::unique_ptr<Connection> connection_;
  AuditLog log_;
  std::vector<unsigned char> row_key_;
  std::shared_ptr<Holdings> holdings_;
  std::optional<Seals> seals_;
  std::optional<Mark> mark_;
  std::int64_t entries_ = 0;
  std::int64_t events_ = 0;     // the highest number given
  std::int64_t of_rights_ = 0;  // ... to an event that names a right

  std::optional<Lineage> next_;       // of the transaction that is open
  mutable std::mutex lineage_mutex_;  // guards what stands below for everybody else than the writer
  Lineage lineage_;
  std::string mark_trouble_;
  Floor floor_;
};

}  // namespace syncing
