#include "gate/core/plate_places.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

/// Districts of today and those of before that are given out again. Authorities' plates have no letters
/// behind them and are left out.
constexpr std::string_view german =
    "A AA AB ABG ABI AC AE AH AIB AIC AK ALF ALZ AM AN ANA ANG ANK AÖ AP APD ARN ART AS ASL ASZ "
    "AT AU AUR AW AZ AZE B BA BAD BAR BB BBG BC BCH BE BED BEL BER BF BGD BGL BH BI BID BIN BIR "
    "BIT BIW BK BKS BL BLB BLK BM BN BNA BO BÖ BOG BOH BOR BOT BR BRA BRB BRG BRK BRL BRV BS BSB "
    "BSK BT BTF BÜD BUL BÜR BÜS BÜZ BZ C CA CAS CB CE CHA CLP CLZ CO COC COE CR CUX CW D DA DAH "
    "DAN DAU DBR DD DE DEG DEL DGF DH DI DIL DIN DIZ DKB DL DLG DM DN DO DON DS DT DU DUD DÜW DW "
    "DZ E EA EB EBE EBN EBS ECK ED EE EF EG EH EI EIC EIL EIN EIS EL EM EMD EMS EN ER ERB ERH ERK "
    "ERZ ES ESB ESW EU EW F FB FD FDB FDS FEU FF FFB FG FI FKB FL FLÖ FN FO FOR FR FRG FRI FRW FS "
    "FT FTL FÜ FÜS FW FZ G GA GAN GAP GC GD GDB GE GEL GEO GER GF GG GHA GHC GI GK GL GLA GM GMN "
    "GN GNT GÖ GOA GOH GP GR GRA GRH GRI GRM GRZ GS GT GTH GÜ GUB GUN GV GVM GW GZ H HA HAB HAL "
    "HAM HAS HB HBN HBS HC HCH HD HDH HDL HE HEB HEF HEI HER HET HF HG HGN HGW HH HHM HI HIG HIP "
    "HK HL HM HMÜ HN HO HOG HOH HOL HOM HOR HÖS HOT HP HR HRO HS HSK HST HU HV HVL HWI HX HY HZ "
    "IGB IK IL ILL IN IZ J JB JE JL JÜL K KA KB KC KE KEH KEL KEM KF KG KH KI KIB KK KL KLE KLZ "
    "KM KN KO KÖN KÖT KÖZ KR KRU KS KT KU KÜN KUS KW KY KYF L LA LAN LAU LB LBS LBZ LC LD LDK LDS "
    "LE LEO LER LEV LF LG LH LI LIB LIF LIP LK LL LM LN LÖ LÖB LOS LP LR LRO LSZ LU LÜD LUK LÜN "
    "LUP LWL M MA MAB MAI MAK MAL MB MC MD ME MED MEG MEI MEK MEL MER MET MG MGH MGN MH MHL MI "
    "MIL MK MKK ML MM MN MO MOD MOL MON MOS MQ MR MS MSE MSH MSP MST MTK MTL MU MÜ MÜB MUC MÜL "
    "MÜR MW MY MYK MZ MZG N NAB NAI NAU NB ND NDH NE NEA NEB NEC NEN NES NEU NEW NF NH NI NK NM "
    "NMB NMS NÖ NOH NOL NOM NOR NP NR NT NU NVP NW NWM NY NZ OA OAL OB OBB OBG OC OCH OD OE OF OG "
    "OH OHA ÖHR OHV OHZ OK OL OP OPR OS OSL OTW OVI OVL OVP OZ P PA PAF PAN PAR PB PCH PE PEG PF "
    "PI PIR PL PLÖ PM PN PR PRÜ PS PW PZ QFT QLB R RA RC RD RDG RE REG REH REI RG RH RI RID RIE "
    "RL RM RN RO ROD ROF ROK ROL ROS ROT ROW RP RS RSL RT RU RÜD RÜG RV RW RZ S SAB SAD SÄK SAN "
    "SAW SB SBG SBK SC SCZ SDH SDL SDT SE SEB SEE SEF SEL SFB SFT SG SGH SHA SHG SHK SHL SI SIG "
    "SIM SK SL SLE SLF SLG SLK SLN SLS SLÜ SLZ SM SMÜ SN SO SOB SOG SOK SÖM SON SP SPB SPN SR SRB "
    "SRO ST STA STB STD STE STL STO SU SUL SÜW SW SWA SY SZ SZB TBB TDO TE TET TF TG TIR TO TÖL "
    "TP TR TS TT TÜ TUT ÜB UE UEM UER UFF UH UL UM UN USI V VAI VB VEC VER VG VIB VIE VIT VK VOH "
    "VR VS W WA WAF WAK WAN WAR WAT WB WBG WBS WDA WE WEL WEN WER WES WF WG WHV WI WIL WIS WIT "
    "WIZ WK WL WLG WM WMS WN WND WO WOB WOH WOL WOR WOS WR WRN WS WSF WST WSW WT WTL WTM WÜ WUG "
    "WÜM WUN WUR WW WZ WZL Z ZE ZEL ZI ZIG ZP ZR ZS ZW ZZ";

/// Counties; the first letter is the voivodeship's.
constexpr std::string_view polish =
    "BAU BBI BGR BHA BI BIA BIB BKL BL BLM BMN BS BSE BSI BSK BSU BWM BZA CAL CB CBC CBR CBY CCH "
    "CG CGD CGR CIN CLI CMG CNA CRA CRY CSE CSW CT CTR CTU CW CWA CWL CZN DB DBA DBL DDZ DGL DGR "
    "DJ DJA DJE DKA DKL DL DLB DLE DLU DLW DMI DOA DOL DPL DSR DST DSW DTR DW DWL DWR DX DZA DZG "
    "DZL EBE EBR ED EKU EL ELA ELC ELE ELW EOP EP EPA EPD EPI EPJ ERA ERW ES ESI ESK ETM EWE EWI "
    "EZD EZG FG FGW FKR FMI FNW FSD FSL FSU FSW FWS FZ FZA FZG FZI GA GBY GCH GCZ GD GDA GKA GKS "
    "GKW GKY GKZ GLE GMB GND GPU GS GSL GSP GST GSZ GTC GWE GWO IK JK JR KBA KBC KBR KCH KDA KGR "
    "KK KLI KMI KMY KN KNS KNT KOL KOS KPR KR KRA KRK KSU KT KTA KTT KWA KWI LB LBI LBL LC LCH "
    "LHR LJA LKR LKS LLB LLE LLU LOP LPA LPU LRA LRY LSW LTM LU LUB LWL LZ LZA MO NBA NBR NDZ NE "
    "NEB NEL NGI NGO NIL NKE NLI NMR NNI NNM NO NOE NOL NOS NOT NOX NPI NSZ NWE OB OGL OK OKA OKL "
    "OKR ONA ONY OOL OP OPO OPR OST PA PCH PCT PGN PGO PGS PJA PK PKA PKE PKL PKN PKO PKR PKS PL "
    "PLE PMI PN PNT PO POB POS POT POZ PP PPL PRA PSE PSL PSR PSZ PTU PWA PWL PWR PY PZ PZL RBI "
    "RBR RDE RJA RJS RK RKL RKR RLA RLE RLS RLU RMI RNI RP RPR RPZ RRS RSA RSR RST RT RTA RZ RZE "
    "RZR RZZ SB SBE SBI SBL SBN SC SCI SCN SCZ SD SE SG SGL SH SI SJ SJZ SK SKL SL SLU SM SMI SMY "
    "SO SPI SPS SR SRB SRC SRS ST STA STY SW SWD SWZ SY SZ SZA SZO SZY TBU TJE TK TKA TKC TKI TKM "
    "TKN TKP TLW TOP TOS TPI TSA TSK TST TSZ VW WA WB WBR WCI WD WE WF WG WGM WGR WGS WH WI WJ WK "
    "WKZ WL WLI WLS WM WMA WML WN WND WO WOR WOS WOT WP WPA WPI WPL WPN WPP WPR WPS WPU WPW WPX "
    "WPY WPZ WR WRA WS WSC WSE WSI WSK WSZ WT WU WV WW WWE WWL WWY WX WY WZ WZU WZW WZY XD YZ ZBI "
    "ZCH ZDR ZGL ZGR ZGY ZK ZKA ZKL ZKO ZLO ZMY ZPL ZPY ZS ZSD ZSL ZST ZSW ZSZ ZWA ZZ";

/// Districts, and the pairs of the series without places that is given out since 2023.
constexpr std::string_view slovak =
    "AA AB AC BA BB BJ BL BN BR BS BT BY CA DK DS DT GA GL HC HE IL KA KE KK KM KN KS LC LE LM LV "
    "MA MI ML MT MY NM NO NR NZ PB PD PE PK PN PO PP PT PU RA RK RS RV SA SB SC SE SI SK SL SN SO "
    "SP SV TN TO TR TS TT TV VK VT ZA ZC ZH ZM ZV";

/// Counties, and Bucharest.
constexpr std::string_view romanian =
    "AB AG AR B BC BH BN BR BT BV BZ CJ CL CS CT CV DB DJ GJ GL GR HD HR IF IL IS MH MM MS NT OT "
    "PH SB SJ SM SV TL TM TR VL VN VS";

std::vector<std::string> turkish() {
  std::vector<std::string> provinces;
  for (int number = 1; number <= 81; ++number)
    provinces.push_back((number < 10 ? "0" : "") + std::to_string(number));
  return provinces;
}

std::vector<std::string> sorted_words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    words.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  std::sort(words.begin(), words.end());
  return words;
}

struct Country {
  std::string_view code;
  std::vector<std::string> places;
};

const std::array<Country, 5>& countries() {
  static const std::array<Country, 5> table = {{{"DE", sorted_words(german)},
                                                {"PL", sorted_words(polish)},
                                                {"SK", sorted_words(slovak)},
                                                {"RO", sorted_words(romanian)},
                                                {"TR", turkish()}}};
  return table;
}

/// Bytes of the first so many characters, a capital with an umlaut being two.
std::size_t bytes_of(std::string_view plate, std::size_t characters) {
  std::size_t at = 0;
  for (; characters > 0 && at < plate.size(); --characters)
    at += (static_cast<unsigned char>(plate[at]) & 0xE0U) == 0xC0U ? 2 : 1;
  return std::min(at, plate.size());
}

/// Characters of each part of the plate that may be the place.
std::vector<std::size_t> lengths_of_place(std::string_view plate, std::string_view country) {
  const std::size_t letters = std::min(plate.find_first_of("0123456789"), plate.size());
  if (country == "PL") return {letters < 3 ? 2U : 3U};
  if (country == "RO") return {letters};
  if (country != "DE") return {2};
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::vector<std::size_t> lengths;
  for (std::size_t length = 1; length <= 3; ++length) {
    const std::size_t from = std::min(letters, bytes_of(plate, length));
    const std::string_view series = plate.substr(from, letters - from);  // without umlauts
    if ((series.size() == 1 || series.size() == 2) && std::all_of(series.begin(), series.end(), is_letter))
      lengths.push_back(length);
  }
  return lengths;
}

}  // namespace

const std::vector<std::string>& places_of(std::string_view country) {
  static const std::vector<std::string> none;
  const auto* found = std::find_if(countries().begin(), countries().end(),
                                   [country](const Country& one) { return one.code == country; });
  return found == countries().end() ? none : found->places;
}

bool names_place(std::string_view normalised, std::string_view country) {
  const std::vector<std::string>& places = places_of(country);
  const auto known = [&](std::size_t length) {
    return std::binary_search(places.begin(), places.end(),
                              normalised.substr(0, bytes_of(normalised, length)));
  };
  const std::vector<std::size_t> lengths = lengths_of_place(normalised, country);
  return places.empty() || std::any_of(lengths.begin(), lengths.end(), known);
}

}  // namespace core
