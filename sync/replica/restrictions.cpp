#include "sync/replica/restrictions.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

namespace syncing::replica {
namespace {

void toggle(Tally& denying, const RowKey& key, SQLite::Statement& row) {
  const auto text = [&row](int column) { return bytes_of(row.getColumn(column)); };
  denying.toggle(key, {"restriction", text(0), text(1), text(2), text(3)});
}

void toggle_unreadable(Tally& denying, const RowKey& key, SQLite::Statement& row) {
  const auto text = [&row](int column) { return bytes_of(row.getColumn(column)); };
  denying.toggle(key, {"unreadable", text(0), text(1), text(2), text(3), text(4)});
}

/// The restriction that a row is, or several where any subject may be meant.
bool add_to(Denials& denials, SQLite::Statement& row) {
  const std::string kind = row.getColumn(0).getString();
  const std::string subject = row.getColumn(2).getString();
  const std::string value = row.getColumn(3).getString();
  core::Restriction restriction;
  restriction.reference = row.getColumn(1).getString();
  bool known = boost::describe::enum_from_string(kind.c_str(), restriction.kind);
  const bool any = subject.empty();
  known = (any || boost::describe::enum_from_string(subject.c_str(), restriction.subject)) && known;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<core::RestrictionSubject>>([&](auto each) {
    if (!any && each.value != restriction.subject) return;
    core::Restriction one = restriction;
    one.subject = each.value;
    one.value = normal_value(each.value, value);
    denials.add(std::move(one));
  });
  return known;
}

}  // namespace

void Restrictions::put(const core::Restriction& restriction) {
  const char* kind = boost::describe::enum_to_string(restriction.kind, "");
  db.each(
      "INSERT INTO restrictions (kind, reference, subject, value) VALUES (?, ?, ?, ?) "
      "RETURNING kind, reference, subject, value",
      [this](SQLite::Statement& row) { toggle(denying, key, row); }, kind, restriction.reference,
      boost::describe::enum_to_string(restriction.subject, ""), restriction.value);
}

void Restrictions::take(ChangeKind kind, const std::string& reference) {
  const char* name = boost::describe::enum_to_string(kind, "");
  db.each(
      "DELETE FROM restrictions WHERE kind = ? AND reference = ? RETURNING kind, reference, subject, value",
      [this](SQLite::Statement& row) { toggle(denying, key, row); }, name, reference);
  db.each(
      "DELETE FROM unreadable_restrictions WHERE kind = ? AND reference = ? "
      "RETURNING kind, reference, subject, value, in_snapshot",
      [this](SQLite::Statement& row) { toggle_unreadable(denying, key, row); }, name, reference);
}

void Restrictions::note(const ParkedChange& change, std::int64_t epoch, std::int64_t sequence) {
  const std::string counted = '#' + std::to_string(epoch) + '/' + std::to_string(sequence);
  const auto subject = change.restricts->subject;
  db.each(
      "INSERT OR IGNORE INTO unreadable_restrictions (kind, reference, subject, value, in_snapshot) "
      "VALUES (?, ?, ?, ?, ?) RETURNING kind, reference, subject, value, in_snapshot",
      [this](SQLite::Statement& row) { toggle_unreadable(denying, key, row); },
      boost::describe::enum_to_string(*change.kind, ""), change.key.id.empty() ? counted : change.key.id,
      subject ? boost::describe::enum_to_string(*subject, "") : "", change.restricts->value, sequence < 0);
}

bool load_restrictions(Connection& replica, const RowKey& key, Tally& denying, Denials& denials) {
  bool known = true;
  replica.each("SELECT kind, reference, subject, value FROM restrictions", [&](SQLite::Statement& row) {
    toggle(denying, key, row);
    known = add_to(denials, row) && row.getColumn(2).getBytes() > 0 && known;
  });
  replica.each("SELECT kind, reference, subject, value, in_snapshot FROM unreadable_restrictions",
               [&](SQLite::Statement& row) {
                 toggle_unreadable(denying, key, row);
                 if (row.getColumn(3).getBytes() > 0)
                   known = add_to(denials, row) && known;
                 else
                   denials.add_unreadable(row.getColumn(0).getString() + ' ' + row.getColumn(1).getString(),
                                          row.getColumn(4).getInt() != 0);
               });
  return known;
}

}  // namespace syncing::replica
