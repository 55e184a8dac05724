#include <algorithm>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/canon/canon.hpp"
#include "gate/canon/time_text.hpp"
#include "gate/core/passage.hpp"
#include "gate/core/standing.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/passage_line.hpp"

namespace ctl {
namespace {

// As gate/console/openapi.yaml names them.
struct LinkStatus {
  core::LinkState link{};
  core::Standing standing;
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  std::int64_t behind = 0;
  std::int64_t outbox = 0;
  std::int64_t parked_in = 0;
  std::int64_t parked_out = 0;
  std::int64_t refused = 0;
  std::int64_t rights = 0;
  std::optional<std::int64_t> findings;
  std::optional<core::Maintenance> maintenance;
  std::optional<bool> journal_sound;
  std::optional<bool> journal_told;
};
BOOST_DESCRIBE_STRUCT(LinkStatus, (),
                      (link, standing, epoch, sequence, behind, outbox, parked_in, parked_out, refused,
                       rights, findings, maintenance, journal_sound, journal_told))

struct LaneStatus {
  std::string lane;
  core::Direction direction{};
  core::State state{};
  std::string trouble;
};
BOOST_DESCRIBE_STRUCT(LaneStatus, (), (lane, direction, state, trouble))

struct Status {
  std::string site;
  std::string version;
  bool clock_trusted = false;
  core::Mode mode{};
  std::optional<core::Milliseconds> data_age_ms;
  LinkStatus link;
  std::vector<LaneStatus> lanes;
};
BOOST_DESCRIBE_STRUCT(Status, (), (site, version, clock_trusted, mode, data_age_ms, link, lanes))

template <class E>
std::string name(E value) {
  return boost::describe::enum_to_string(value, "?");
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void show(const Status& status, std::ostream& out) {
  const LinkStatus& link = status.link;
  out << "site    " << status.site << ", gatehoused " << status.version << "\n";
  out << "clock   " << (status.clock_trusted ? "trusted" : "not trusted") << "\n";
  out << "mode    " << name(status.mode) << ", "
      << (status.data_age_ms ? "data " + age_text(*status.data_age_ms) + " old" : "no data yet")
      << (link.standing.reconciling ? ", reconciling" : "") << "\n";
  out << "link    " << name(link.link) << ", epoch " << link.epoch << ", sequence " << link.sequence << " ("
      << link.behind << " behind), " << link.rights << " rights\n";
  out << "events  " << link.outbox << " without a receipt, " << link.parked_out
      << " refused by the platform\n";
  out << "inbound " << link.parked_in << " changes parked, " << link.refused << " messages refused\n";
  if (link.findings.value_or(0) > 0)
    out << "found   " << *link.findings
        << " grants that the platform would not have given, see gatectl findings\n";
  if (link.maintenance)
    out << "platform maintenance from " << canon::time_text(link.maintenance->from) << " until "
        << canon::time_text(link.maintenance->until) << ": " << link.maintenance->text << "\n";
  if (!link.journal_sound.value_or(true))
    out << "journal damaged: jobs that need CPu are referred until it is restored\n";
  if (!link.journal_told.value_or(true))
    out << "journal put back from an old copy, or begun anew: jobs that need CPu are referred until the "
           "platform "
           "has told what was used\n";
  std::size_t widest = 0;
  for (const LaneStatus& lane : status.lanes) widest = std::max(widest, lane.lane.size());
  for (const LaneStatus& lane : status.lanes) {
    out << "lane    " << padded(lane.lane, widest) << "  " << padded(name(lane.direction), 5) << "  "
        << name(lane.state) << (lane.trouble.empty() ? "" : ": " + lane.trouble) << "\n";
  }
}

}  // namespace

int status_command(const Client& client, bool json, Streams streams) {
  const auto body = client.get("/api/status");
  if (!body) return streams.err << body.error().what << "\n", 1;
  if (json) return streams.out << *body << "\n", 0;
  const auto status = canon::read<Status>(*body, canon::Reading::foreign);
  if (!status) return streams.err << "the daemon's status: " << status.error().what << "\n", 1;
  show(*status, streams.out);
  return 0;
}

}  // namespace ctl
