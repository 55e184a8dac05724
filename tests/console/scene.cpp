#include "tests/console/scene.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace console_test {
namespace {

using core::CheckKind;
using core::Level;
using core::Outcome;
using core::Reason;

/// One grey pixel: enough for a test that a picture is shown.
constexpr unsigned char pixel[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
    0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81,
    0x77, 0xcd, 0x72, 0xb6, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

std::vector<std::string> pictures_in(const std::filesystem::path& folder) {
  std::set<std::filesystem::path> files;
  if (!folder.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.insert(entry.path());
  }
  std::vector<std::string> pictures;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    pictures.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (pictures.empty()) pictures.emplace_back(reinterpret_cast<const char*>(pixel), sizeof(pixel));
  return pictures;
}

/// Keeps the pictures in the ledger and hands them out in turn.
class Album {
 public:
  Album(Stage& stage, const std::filesystem::path& folder) {
    int number = 0;
    for (std::string& bytes : pictures_in(folder)) {
      std::string name = std::to_string(++number);
      name.insert(0, 64 - name.size(), '0');
      stage.ledger.keep(name, std::move(bytes));
      names_.push_back(name);
    }
  }

  std::vector<core::PictureRef> next(std::initializer_list<const char*> cameras) {
    std::vector<core::PictureRef> refs;
    for (const char* camera : cameras) refs.push_back({camera, names_[at_++ % names_.size()]});
    return refs;
  }

 private:
  std::vector<std::string> names_;
  std::size_t at_ = 0;
};

core::Signals arm(bool open) {
  core::Signals signals;
  for (Level* level : {&signals.safety, &signals.passage, &signals.photocell, &signals.unhinged,
                       &signals.fault, &signals.manual_key, &signals.fire_alarm}) {
    *level = Level::off;
  }
  signals.presence = Level::on;
  signals.open_limit = open ? Level::on : Level::off;
  signals.closed_limit = open ? Level::off : Level::on;
  return signals;
}

std::vector<core::Check> checks(std::initializer_list<core::Check> made) {
  std::vector<core::Check> all = made;
  for (const CheckKind kind :
       {CheckKind::restriction, CheckKind::appointment, CheckKind::plate, CheckKind::badge, CheckKind::right,
        CheckKind::lights, CheckKind::driver, CheckKind::haulier, CheckKind::data}) {
    const bool known =
        std::any_of(all.begin(), all.end(), [kind](const core::Check& check) { return check.kind == kind; });
    if (!known) all.push_back({kind, "", Outcome::pass, {}});
  }
  return all;
}

ports::LaneView granted(Album& album) {
  ports::LaneView view = referred_lane("in-1");
  view.direction = core::Direction::entry;
  view.state = core::State::open;
  view.lamp = core::Lamp::green;
  view.passage.id = "01KAE0000000000000000000G1";
  view.passage.direction = core::Direction::entry;
  view.passage.decision = core::Decision::grant;
  view.passage.reasons.clear();
  view.passage.plate = "1VHK482";
  view.passage.containers = {"MSKU9070323"};
  view.passage.driver_mask = "**47";
  view.passage.tar = "K913-20418";
  view.passage.pictures = album.next({"front"});
  view.passage.detected += std::chrono::seconds(112);
  view.reads.clear();
  view.plates[0].plate = "1VHK482";
  view.plates[0].sure = true;
  view.checks = checks({});
  view.persons = 0;
  view.driver_reason.clear();
  view.language = "";
  view.signals = arm(true);
  return view;
}

ports::LaneView referred(Album& album) {
  ports::LaneView view = referred_lane("out-1");
  view.passage.plate = "2BDX719";
  view.passage.containers = {"CSQU3054388"};
  view.passage.driver_mask = "**12";
  view.passage.tar = "K913-20377";
  view.passage.detected += std::chrono::seconds(76);
  view.passage.reasons = {Reason::container_check_digit, Reason::container_unsure};
  view.passage.pictures = album.next({"rear", "left"});
  view.view_faults = {{"left", core::ViewFaultKind::defocused,
                       "defocused: edges are sharp in 2 % of the places where something stands out"}};
  view.plates[0].plate = "2BDX719";
  view.checks = checks({{CheckKind::container,
                         "",
                         Outcome::unknown,
                         {Reason::container_check_digit, Reason::container_unsure}}});
  view.signals = arm(false);
  return view;
}

ports::LaneView refused(Album& album) {
  ports::LaneView view = referred_lane("in-2");
  view.direction = core::Direction::entry;
  view.state = core::State::refused;
  view.passage.id = "01KAE0000000000000000000D1";
  view.passage.direction = core::Direction::entry;
  view.passage.decision = core::Decision::deny;
  view.passage.reasons = {Reason::customs_red};
  view.passage.plate = "WGM4471K";
  view.passage.containers = {"TGHU7284106"};
  view.passage.driver_mask = "**83";
  view.passage.tar = "K913-20421";
  view.passage.detected += std::chrono::seconds(96);
  view.passage.pictures = album.next({"front"});
  view.reads.clear();
  view.plates[0].plate = "WGM4471K";
  view.plates[0].country = "PL";
  view.checks = checks({{CheckKind::lights, "1", Outcome::fail, {Reason::customs_red}}});
  view.driver_reason = "customs_red";
  view.proposed_by = "ann";
  view.language = "de";
  view.signals = arm(false);
  return view;
}

void add_past(Stage& stage, Album& album) {
  struct Line {
    const char* lane;
    const char* plate;
    const char* container;
    const char* mask;
    core::Decision decision;
    std::vector<Reason> reasons;
    int verdict_ms;
  };
  const std::vector<Line> lines = {
      {"in-1", "1TPL905", "CSQU3054383", "**61", core::Decision::grant, {}, 1310},
      {"out-1", "BXRJ62", "TCLU4265881", "**09", core::Decision::grant, {}, 1120},
      {"in-2", "1ABC123", "HLBU1893454", "**30", core::Decision::deny, {Reason::slot_too_early}, 940},
      {"in-1", "AB123CD", "OOLU8801472", "**55", core::Decision::grant, {}, 1490},
      {"out-1", "1KLM208", "MEDU5230117", "**72", core::Decision::grant, {Reason::container_unsure}, 1760},
      {"in-1", "1XYD336", "EGHU9120044", "**18", core::Decision::grant, {}, 1205}};
  int number = 0;
  for (const Line& line : lines) {
    core::PassageRecord record =
        ended_passage("01KAD000000000000000000P" + std::to_string(90 - number), line.lane);
    record.direction = line.lane[0] == 'o' ? core::Direction::exit : core::Direction::entry;
    record.plate = line.plate;
    record.containers = {line.container};
    record.driver_mask = line.mask;
    record.decision = line.decision;
    record.reasons = line.reasons;
    record.verdict_ms = line.verdict_ms;
    if (line.decision == core::Decision::deny) record.ending = core::Ending::backed_out;
    if (line.decision == core::Decision::grant && !line.reasons.empty()) record.operators = {"ann", "bob"};
    record.detected -= std::chrono::seconds(97) * ++number;
    record.pictures = album.next({"front", "rear"});
    stage.ledger.add(record);
  }
}

/// What the last outage left for people.
void add_findings(Stage& stage) {
  ports::LinkReport report = stage.ledger.link(stage.clock.now());
  report.findings = 2;
  stage.ledger.set(report);
  stage.backlog.find({.ulid = "01KAE0000000000000000000F2",
                      .at = stage.clock.now().wall - std::chrono::minutes(21),
                      .equipment_number = "TCLU4265881",
                      .stay_number = "S20411",
                      .plate = "BXRJ62",
                      .visit = "01KAD000000000000000000P89",
                      .text = "granted without fresh data: the right was revoked"});
  stage.backlog.find({.ulid = "01KAE0000000000000000000F1",
                      .at = stage.clock.now().wall - std::chrono::minutes(21),
                      .equipment_number = "MEDU5230117",
                      .stay_number = {},
                      .plate = "1KLM208",
                      .visit = "01KAD000000000000000000P86",
                      .text = "granted without fresh data: the right was used at another gate too"});
}

}  // namespace

void set_scene(Stage& stage, const std::filesystem::path& pictures) {
  Album album(stage, pictures);
  stage.board.show(granted(album));
  stage.board.show(refused(album));
  stage.board.show(referred(album));
  add_past(stage, album);
  add_findings(stage);
}

}  // namespace console_test
