#include "gate/console/driver_texts.hpp"

namespace console {
namespace {

using P = Pictogram;
using T = DriverText;

// Several reasons say the same thing. English stands where core::facts has it, word for word.

constexpr T wait_here{
    P::wait,
    {"Wacht hier, alstublieft. Er komt iemand naar u toe.",
     "Veuillez attendre ici. Quelqu'un vient vers vous.", "Please wait here. Staff will come to you.",
     "Bitte warten Sie hier. Es kommt jemand zu Ihnen."}};
constexpr T checking{
    P::wait,
    {"Even geduld. Een medewerker bekijkt het.", "Veuillez patienter. Un opérateur s'en occupe.",
     "Please wait. An operator is looking into it.", "Bitte warten. Ein Mitarbeiter kümmert sich darum."}};
constexpr T withdrawn{P::phone,
                      {"Het afhaalrecht is ingetrokken. Bel uw planner.",
                       "Le droit d'enlèvement a été retiré. Appelez votre planificateur.",
                       "The pick-up right was withdrawn. Please call your planner.",
                       "Das Abholrecht wurde zurückgezogen. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T blocked{P::phone,
                    {"Het afhaalrecht is geblokkeerd. Bel uw planner.",
                     "Le droit d'enlèvement est bloqué. Appelez votre planificateur.",
                     "The pick-up right is blocked. Please call your planner.",
                     "Das Abholrecht ist gesperrt. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T expired{P::phone,
                    {"Het afhaalrecht is verlopen. Bel uw planner.",
                     "Le droit d'enlèvement a expiré. Appelez votre planificateur.",
                     "The pick-up right has expired. Please call your planner.",
                     "Das Abholrecht ist abgelaufen. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T done{P::phone,
                 {"Deze afhaling is al gebeurd. Bel uw planner.",
                  "Cet enlèvement a déjà été fait. Appelez votre planificateur.",
                  "This pick-up was already done. Please call your planner.",
                  "Diese Abholung ist schon erledigt. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T being_done{P::phone,
                       {"Deze afhaling is al bezig. Bel uw planner.",
                        "Cet enlèvement est déjà en cours. Appelez votre planificateur.",
                        "This pick-up is already being done. Please call your planner.",
                        "Diese Abholung läuft bereits. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T not_released{P::phone,
                         {"De container is nog niet vrijgegeven. Bel uw planner.",
                          "Le conteneur n'est pas encore libéré. Appelez votre planificateur.",
                          "The container is not released yet. Please call your planner.",
                          "Der Container ist noch nicht freigegeben. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T not_cleared{
    P::phone,
    {"De container is nog niet vrij van douane. Bel uw planner.",
     "Le conteneur n'est pas encore dédouané. Appelez votre planificateur.",
     "The container is not cleared by customs yet. Please call your planner.",
     "Der Container ist noch nicht vom Zoll frei. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T not_announced{
    P::phone,
    {"U bent niet aangemeld voor deze afhaling. Bel uw planner.",
     "Vous n'êtes pas annoncé pour cet enlèvement. Appelez votre planificateur.",
     "You are not announced for this pick-up. Please call your planner.",
     "Sie sind für diese Abholung nicht angemeldet. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T bad_badge{P::badge,
                      {"Uw badge is niet geldig. Meld u bij het badgekantoor.",
                       "Votre badge n'est pas valable. Présentez-vous au bureau des badges.",
                       "Your badge is not valid. Please report to the badge office.",
                       "Ihr Ausweis ist nicht gültig. Bitte melden Sie sich im Ausweisbüro."}};
constexpr T badge_or_help{
    P::badge,
    {"Toon uw badge, of druk op de hulpknop.", "Présentez votre badge, ou appuyez sur le bouton d'aide.",
     "Please present your badge, or press the help button.",
     "Bitte Ausweis vorhalten oder die Hilfetaste drücken."}};
constexpr T unassigned{P::phone,
                       {"Er is nog geen chauffeur toegewezen. Bel uw planner.",
                        "Aucun chauffeur n'est encore désigné. Appelez votre planificateur.",
                        "No driver is assigned yet. Please call your planner.",
                        "Es ist noch kein Fahrer zugewiesen. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T ask_planner{
    P::phone,
    {"Verlaat de rijstrook en bel uw planner.", "Quittez la voie et appelez votre planificateur.",
     "Please leave the lane and call your planner.",
     "Bitte verlassen Sie die Spur und rufen Sie Ihren Disponenten an."}};
constexpr T not_by_truck{P::phone,
                         {"Deze container vertrekt niet per vrachtwagen. Bel uw planner.",
                          "Ce conteneur ne part pas par camion. Appelez votre planificateur.",
                          "This container does not leave by truck. Please call your planner.",
                          "Dieser Container geht nicht per Lkw ab. Bitte rufen Sie Ihren Disponenten an."}};
constexpr T too_early{
    P::clock,
    {"U bent te vroeg. Kom terug op het getoonde uur.", "Vous êtes en avance. Revenez à l'heure indiquée.",
     "You are too early. Please come back at the time shown.",
     "Sie sind zu früh. Bitte kommen Sie zur angezeigten Zeit wieder."}};
constexpr T tar_or_help{
    P::tar,
    {"Geef uw TAR in, of druk op de hulpknop.", "Introduisez votre TAR, ou appuyez sur le bouton d'aide.",
     "Please enter your TAR, or press the help button.", "Bitte TAR eingeben oder die Hilfetaste drücken."}};
constexpr T ask_help{P::help,
                     {"Druk op de hulpknop. Een medewerker antwoordt u.",
                      "Appuyez sur le bouton d'aide. Un opérateur vous répondra.",
                      "Please press the help button. An operator will answer.",
                      "Bitte drücken Sie die Hilfetaste. Ein Mitarbeiter antwortet Ihnen."}};

constexpr T scan{P::follow,
                 {"U mag vertrekken. Rijd eerst naar de scanner van de douane.",
                  "Vous pouvez partir. Passez d'abord au scanner de la douane.",
                  "You may leave. Please drive to the customs scanner first.",
                  "Sie dürfen fahren. Fahren Sie bitte zuerst zum Scanner des Zolls."}};
constexpr T fasfc{P::follow,
                  {"U mag vertrekken. Rijd eerst naar de controle van het FAVV.",
                   "Vous pouvez partir. Passez d'abord au contrôle de l'AFSCA.",
                   "You may leave. Please drive to the food safety inspection (FASFC) first.",
                   "Sie dürfen fahren. Fahren Sie bitte zuerst zur Lebensmittelkontrolle (FASNK)."}};
constexpr T port_equalisation{
    P::follow,
    {"U mag vertrekken. De havengelijkstelling is nog open: volg de douanedocumenten.",
     "Vous pouvez partir. L'assimilation portuaire est en cours : suivez les papiers douaniers.",
     "You may leave. Port equalisation is still open: follow the customs documents.",
     "Sie dürfen fahren. Die Hafengleichstellung ist noch offen: Zollpapiere beachten."}};
constexpr T transhipment{
    P::follow,
    {"U mag vertrekken. De container is in overlading: volg de douanedocumenten.",
     "Vous pouvez partir. Le conteneur est en transbordement : suivez les documents douaniers.",
     "You may leave. The container is in transhipment: follow the customs documents.",
     "Sie dürfen fahren. Der Container ist im Umschlag: Zollpapiere beachten."}};

constexpr T present_badge{
    P::badge,
    {"Toon uw badge aan de lezer.", "Présentez votre badge au lecteur.",
     "Please hold your badge to the reader.", "Bitte halten Sie Ihren Ausweis an den Leser."}};
constexpr T give_tar{P::tar,
                     {"Geef uw TAR in of toon de QR-code.", "Introduisez votre TAR ou montrez le code QR.",
                      "Please enter your TAR or show the QR code.",
                      "Bitte geben Sie Ihre TAR ein oder zeigen Sie den QR-Code."}};

constexpr T welcome{
    P::arrive,
    {"Welkom. Rijd tot aan de streep.", "Bienvenue. Avancez jusqu'à la ligne.",
     "Welcome. Please drive up to the line.", "Willkommen. Bitte fahren Sie bis zur Linie vor."}};
constexpr T reading{P::wait,
                    {"Een ogenblik, alstublieft.", "Un instant, s'il vous plaît.", "One moment, please.",
                     "Einen Augenblick, bitte."}};
constexpr T opening{P::wait,
                    {"De slagboom gaat open. Wacht op groen.", "La barrière s'ouvre. Attendez le feu vert.",
                     "The barrier is opening. Please wait for green.",
                     "Die Schranke öffnet sich. Bitte warten Sie auf Grün."}};
constexpr T drive_on{
    P::go,
    {"Rijd door, alstublieft.", "Avancez, s'il vous plaît.", "Please drive on.", "Bitte fahren Sie weiter."}};
constexpr T closing{P::stop,
                    {"Stop. De slagboom sluit.", "Arrêtez. La barrière se ferme.",
                     "Stop. The barrier is closing.", "Halt. Die Schranke schließt sich."}};
constexpr T back_out{P::stop,
                     {"U kunt hier niet door. Verlaat de rijstrook achteruit.",
                      "Vous ne pouvez pas passer ici. Quittez la voie en marche arrière.",
                      "You cannot pass here. Please back out of the lane.",
                      "Hier können Sie nicht durch. Bitte fahren Sie rückwärts aus der Spur."}};
constexpr T out_of_order{P::stop,
                         {"Deze rijstrook is buiten dienst. Wacht op een medewerker.",
                          "Cette voie est hors service. Attendez le personnel.",
                          "This lane is out of order. Please wait for staff.",
                          "Diese Spur ist außer Betrieb. Bitte warten Sie auf Personal."}};

}  // namespace

std::string_view pictogram_name(Pictogram pictogram) {
  switch (pictogram) {
    case P::arrive:
      return "arrive";
    case P::wait:
      return "wait";
    case P::badge:
      return "badge";
    case P::tar:
      return "tar";
    case P::help:
      return "help";
    case P::go:
      return "go";
    case P::stop:
      return "stop";
    case P::phone:
      return "phone";
    case P::clock:
      return "clock";
    case P::follow:
      return "follow";
  }
  return "wait";
}

const DriverText& driver_text(core::Reason reason) {
  using R = core::Reason;
  switch (reason) {
    case R::banned:
    case R::held:
    case R::container_swapped:
    case R::container_without_job:
      return wait_here;
    case R::right_revoked:
    case R::right_deleted:
      return withdrawn;
    case R::right_blocked:
      return blocked;
    case R::right_expired:
      return expired;
    case R::right_used:
      return done;
    case R::right_claimed:
      return being_done;
    case R::commercial_red:
      return not_released;
    case R::customs_red:
      return not_cleared;
    case R::driver_other:
      return not_announced;
    case R::badge_inactive:
      return bad_badge;
    case R::badge_missing:
      return badge_or_help;
    case R::driver_unassigned:
      return unassigned;
    case R::haulier_other:
      return ask_planner;
    case R::means_other:
      return not_by_truck;
    case R::slot_too_early:
      return too_early;
    case R::appointment_missing:
    case R::appointment_ambiguous:
      return tar_or_help;
    case R::visit_missing:
    case R::visit_ambiguous:
      return ask_help;
    case R::right_not_found:
    case R::right_ambiguous:
    case R::right_dirty:
    case R::claim_interrupted:
    case R::right_undated:
    case R::right_expired_inside:
    case R::right_gate_out_received:
    case R::terminal_not_green:
    case R::light_unknown:
    case R::light_missing:
    case R::driver_other_stale:
    case R::badge_unknown:
    case R::haulier_unknown:
    case R::haulier_contradicting:
    case R::means_unknown:
    case R::slot_too_late:
    case R::appointment_dirty:
    case R::plate_unread:
    case R::plate_other:
    case R::plate_other_at_exit:
    case R::visit_interrupted:
    case R::container_unread:
    case R::container_unsure:
    case R::container_check_digit:
    case R::mode_restricted:
    case R::right_data_old:
    case R::backup_referred:
    case R::camera_failed:
    case R::record_failed:
      return checking;
  }
  return checking;
}

const DriverText& driver_text(core::FollowUp follow_up) {
  switch (follow_up) {
    case core::FollowUp::scan:
      return scan;
    case core::FollowUp::fasfc:
      return fasfc;
    case core::FollowUp::port_equalisation:
      return port_equalisation;
    case core::FollowUp::transhipment:
      return transhipment;
  }
  return checking;
}

const DriverText& driver_text(core::Prompt prompt) {
  switch (prompt) {
    case core::Prompt::present_badge:
      return present_badge;
    case core::Prompt::give_tar:
      return give_tar;
  }
  return checking;
}

const DriverText& driver_text(core::State state) {
  using S = core::State;
  switch (state) {
    case S::idle:
      return welcome;
    case S::gathering:
    case S::recording:
      return reading;
    case S::opening:
      return opening;
    case S::open:
    case S::passing:
      return drive_on;
    case S::closing:
      return closing;
    case S::referred:
      return checking;
    case S::refused:
      return back_out;
    case S::faulted:
      return out_of_order;
  }
  return checking;
}

}  // namespace console
