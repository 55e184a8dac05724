// What the values of the API are called on the screen.

export const states = {
  idle: { words: "Free", sign: "free", tone: "free" },
  gathering: { words: "Reading the truck", sign: "busy", tone: "busy" },
  recording: { words: "Recording", sign: "busy", tone: "busy" },
  opening: { words: "Opening", sign: "go", tone: "go-tone" },
  open: { words: "Let through", sign: "go", tone: "go-tone" },
  passing: { words: "Passing", sign: "go", tone: "go-tone" },
  closing: { words: "Closing", sign: "busy", tone: "busy" },
  referred: { words: "You decide", sign: "ask", tone: "ask" },
  refused: { words: "Refused", sign: "no", tone: "no-tone" },
  faulted: { words: "Out of order", sign: "fault", tone: "no-tone" },
};

export const decisions = {
  grant: { words: "Granted", sign: "yes", tone: "go-tone" },
  refer: { words: "Referred", sign: "ask", tone: "ask" },
  deny: { words: "Refused", sign: "no", tone: "no-tone" },
};

export const directions = { entry: "Entry", exit: "Exit" };
export const endings = { open: "On the lane", passed: "Passed", backed_out: "Backed out", interrupted: "Interrupted" };

export const contacts = {
  operator_desk: "Operator desk", security: "Security", haulier_planner: "Haulier's planner",
  shipping_agent: "Shipping agent", customs_desk: "Customs desk", terminal_it: "Terminal IT",
};

/** Why a read is not sure. */
export const doubts = {
  check_digit: "check digit wrong", height: "letters of an unlikely height", unclear: "hard to see",
  rival: "could be another", one_view: "seen in one picture only", no_sheet: "no plate round it",
  no_country: "as no country has them",
};

export const checks = {
  restriction: "Restrictions", appointment: "Appointment", visit: "Visit", plate: "Plate", badge: "Badge",
  right: "Right", lights: "Lights", driver: "Driver", haulier: "Haulier", means_of_transport: "Transport",
  container: "Container", data: "Data",
};

export const outcomes = {
  fail: { words: "does not match", sign: "x" }, unknown: { words: "cannot be told", sign: "q" },
  pass: { words: "in order", sign: "yes" }, not_applicable: { words: "does not apply", sign: "none" },
};

export const prompts = { present_badge: "Driver is asked for the badge", give_tar: "Driver is asked for the TAR" };
export const followUps = {
  scan: "Customs scan", fasfc: "FASFC inspection", port_equalisation: "Port equalisation", transhipment: "Transhipment",
};
export const marks = {
  substitute_tractor: "Other tractor than announced", corroborated: "", customs_warning: "Customs red, policy warns",
  partial: "Not every job admitted",
};

export const overrideReasons = {
  documents_checked: "Documents checked", called_haulier: "Called the haulier", called_driver_desk: "Called the driver desk",
  called_customs_desk: "Called the customs desk", reader_defect: "Reader defect", camera_defect: "Camera defect",
  platform_defect: "Platform defect", safety: "Safety", other: "Other (say it in words)",
};

export const modes = {
  online: { words: "Online", sign: "yes", tone: "good" },
  backup: { words: "Back-up", sign: "q", tone: "warn" },
  restricted: { words: "Restricted", sign: "fault", tone: "bad" },
};
export const links = {
  up: { words: "Up", sign: "yes", tone: "good" }, suspect: { words: "Suspect", sign: "q", tone: "warn" },
  down: { words: "Down", sign: "x", tone: "bad" },
};

/** "CSQU3054383" -> "CSQU 305438 3", as it stands on the box. */
export const spaced = (code) => (/^[A-Z]{4}\d{7}$/.test(code) ? `${code.slice(0, 4)} ${code.slice(4, 10)} ${code[10]}` : code);

/** 75 000 ms -> "1 min 15 s"; the parts that matter at that size. */
export function ageWords(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const first = parts.findIndex(([size]) => seconds >= size);
  if (first < 0) return "0 s";
  const [size, unit] = parts[first];
  const rest = parts[first + 1];
  const more = rest && seconds < 86400 * 10 ? Math.floor((seconds % size) / rest[0]) : 0;
  return `${Math.floor(seconds / size)} ${unit}` + (more ? ` ${more} ${rest[1]}` : "");
}

export const dayAndTime = (text) =>
  new Date(text).toLocaleString("en-GB", { day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" });

export const clockTime = (text) =>
  new Date(text).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
