#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "gate/canon/canon.hpp"
#include "gate/canon/time_text.hpp"
#include "gate/ctl/audit_log.hpp"
#include "gate/ctl/bundle.hpp"
#include "gate/ctl/commands.hpp"

namespace ctl {
namespace {

core::Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return core::fail(core::Fault::not_found, path.string() + ": cannot be read");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// A key as it is given (the text itself, or a file of it), else `usual`.
core::Result<audit::Verifier> verifier_of(const std::string& given, const std::string& usual) {
  std::string text = given.empty() ? usual : given;
  if (!given.empty() && given.find('+') == given.npos) {
    const auto file = read_file(given);
    if (!file) return tl::unexpected(file.error());
    text = file->substr(0, file->find('\n'));
  }
  return audit::read_verifier(text);
}

int tell(const Faults& faults, Streams streams) {
  for (const std::string& fault : faults.first) streams.err << fault << "\n";
  if (faults.count > faults.first.size())
    streams.err << "and " << faults.count - faults.first.size() << " more\n";
  return faults.count == 0 ? 0 : 1;
}

void check_own(const audit::Verifier& verifier, AuditLog& log, Streams streams) {
  std::size_t good = 0;
  std::uint64_t newest = 0;
  for (const std::string& note : log.head.checkpoints) {
    const auto checkpoint = check_note("a checkpoint of this gate", note, verifier, log);
    if (!checkpoint) continue;
    ++good;
    newest = std::max(newest, checkpoint->size);
  }
  streams.out << "checkpoints  " << good << " fit, the newest over " << newest << " leaves";
  if (log.levels.size() > newest)
    streams.out << "; " << log.levels.size() - newest << " newer leaves are vouched for within five minutes";
  streams.out << "\n";
}

/// The log that a note is of: as its origin says, else the one in use.
AuditLog& log_of(const std::string& note, std::vector<AuditLog>& logs) {
  const auto said = audit::read_checkpoint(note);
  for (AuditLog& log : logs)
    if (said && !log.head.journal.empty() && said->origin.ends_with("/" + log.head.journal)) return log;
  return logs.back();
}

void check_held(const std::vector<std::string>& files, const audit::Verifier& verifier,
                std::vector<AuditLog>& logs, Streams streams) {
  for (const std::string& file : files) {
    const auto note = read_file(file);
    if (!note) {
      logs.back().faults.add(note.error().what);
      continue;
    }
    AuditLog& log = log_of(*note, logs);
    const auto checkpoint = check_note(file, *note, verifier, log);
    if (checkpoint)
      streams.out << "held         " << file << " fits, over " << checkpoint->size << " leaves\n";
  }
}

std::string moment_text(const std::string& text) { return text.size() == 10 ? text + "T00:00:00Z" : text; }

/// Which entries are meant. Texts are looked for as whole JSON strings in the record.
struct Selection {
  std::optional<core::WallTime> from, to;
  std::string text;
  std::int64_t number = 0;

  [[nodiscard]] bool takes(const audit::Leaf& leaf) const {
    if (number != 0) return leaf.number == number;
    if ((from && leaf.at < *from) || (to && leaf.at >= *to)) return false;
    return text.empty() || (leaf.record && leaf.record->find('"' + text + '"') != std::string::npos);
  }
};

core::Result<Selection> selection_of(const AuditExport& options) {
  Selection selection{.from = {}, .to = {}, .text = options.passage, .number = options.number};
  for (const auto& [given, bound] :
       {std::pair{&options.from, &selection.from}, {&options.to, &selection.to}}) {
    if (given->empty()) continue;
    *bound = canon::parse_time(moment_text(*given));
    if (!*bound)
      return core::fail(core::Fault::malformed,
                        *given + ": a date (2026-11-22) or a time (2026-11-22T14:05:09Z) expected");
  }
  for (const char c : options.container) {
    if (c != ' ' && c != '-' && c != '.') selection.text += static_cast<char>(std::toupper(c));
  }
  return selection;
}

std::string meant_by(const AuditExport& options) {
  if (options.number != 0) return "entry " + std::to_string(options.number);
  if (!options.passage.empty()) return "about passage " + options.passage;
  std::string words = options.container.empty() ? "" : "about container " + options.container;
  if (!options.from.empty()) words += std::string(words.empty() ? "" : " ") + "from " + options.from;
  if (!options.to.empty()) words += std::string(words.empty() ? "" : " ") + "before " + options.to;
  return words;
}

}  // namespace

int audit_verify_command(const Client& client, const AuditVerify& options, Streams streams) {
  auto logs = fetch_logs(client);
  if (!logs) return streams.err << logs.error().what << "\n", 1;
  AuditLog& newest = logs->back();
  const auto verifier = verifier_of(options.key, newest.head.verifier);
  if (!verifier) return streams.err << verifier.error().what << "\n", 1;
  for (AuditLog& log : *logs) {
    if (logs->size() > 1) streams.out << "journal      " << log.head.journal << "\n";
    streams.out << "leaves       " << log.levels.size() << "\n";
    for (const auto& [rule, count] : log.erased)
      streams.out << "erased       " << count << " under rule " << rule << "\n";
    check_own(*verifier, log, streams);
  }
  check_held(options.checkpoints, *verifier, *logs, streams);
  if (const auto done = check_passages(client, newest); !done)
    return streams.err << done.error().what << "\n", 1;
  streams.out << "passages     " << newest.passages.size() << "\n";
  streams.out << "key          " << audit::verifier_text(*verifier) << "\n";
  int wrong = 0;
  for (const AuditLog& log : *logs) wrong += tell(log.faults, streams);
  if (wrong != 0) return 1;
  streams.out << "The audit log is whole.\n";
  return 0;
}

int audit_export_command(const Client& client, const AuditExport& options, Streams streams) {
  const auto selection = selection_of(options);
  if (!selection) return streams.err << selection.error().what << "\n", 1;
  std::vector<audit::Leaf> chosen;
  auto log = fetch_log(client, options.journal, [&chosen, &selection](const audit::Leaf& leaf) {
    if (selection->takes(leaf)) chosen.push_back(leaf);
  });
  if (!log) return streams.err << log.error().what << "\n", 1;
  if (log->head.checkpoints.empty())
    return streams.err << "the gate has signed no checkpoint yet: try again in five minutes\n", 1;
  const auto verifier = verifier_of("", log->head.verifier);
  if (!verifier) return streams.err << verifier.error().what << "\n", 1;
  Bundle bundle{.verifier = log->head.verifier, .checkpoint = log->head.checkpoints.front(), .entries = {}};
  const auto checkpoint = check_note("the newest checkpoint", bundle.checkpoint, *verifier, *log);
  if (!checkpoint) return tell(log->faults, streams);
  std::size_t later = 0;
  for (const audit::Leaf& leaf : chosen) {
    if (static_cast<std::uint64_t>(leaf.number) <= checkpoint->size)
      bundle.entries.push_back(proven(leaf, log->levels, *checkpoint));
    else
      ++later;
  }
  if (later > 0)
    streams.err << later
                << " entries are newer than the newest checkpoint and left out: try again in five minutes\n";
  if (bundle.entries.empty())
    return streams.err << "none of the " << checkpoint->size << " entries that are vouched for is "
                       << meant_by(options) << "\n",
           1;
  streams.out << canon::write(bundle) << "\n";
  return tell(log->faults, streams);
}

int audit_check_command(const std::filesystem::path& file, const std::string& key, Streams streams) {
  const auto text = read_file(file);
  if (!text) return streams.err << text.error().what << "\n", 1;
  const auto bundle = canon::read<Bundle>(*text, canon::Reading::foreign);
  if (!bundle || bundle->format != Bundle{}.format)
    return streams.err << file.string() << ": "
                       << (bundle ? "another format than " + Bundle{}.format : bundle.error().what) << "\n",
           1;
  const auto verifier = verifier_of(key, bundle->verifier);
  if (!verifier) return streams.err << verifier.error().what << "\n", 1;
  const auto faults = faults_of(*bundle, *verifier);
  for (const std::string& fault : faults) streams.err << file.string() << ": " << fault << "\n";
  if (!faults.empty()) return 1;
  streams.out << bundle->entries.size() << " entries stand in the log as " << audit::verifier_text(*verifier)
              << " signed it\n";
  if (key.empty()) streams.out << "This key came with the bundle: compare it with the gate's (--key).\n";
  return 0;
}

}  // namespace ctl
