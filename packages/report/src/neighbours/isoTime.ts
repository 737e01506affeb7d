/**
 * A time as ISO 8601 in UTC with microseconds, as Python writes it: `2026-11-29T10:00:00.000000+00:00`. The date is computed as in Hinnant,
 * "chrono-compatible low-level date algorithms", `civil_from_days`.
 *
 * @param ms whole milliseconds since 1970, 0 or more.
 */
export function isoTime(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  const { year, month, day } = civilDate(days);
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map((part) => padded(part, 2));
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${time.join(":")}.${padded(rest % 1000, 3)}000+00:00`;
}

const dayMs = 86_400_000;

/** Years are counted from 1 March, so that the leap day is the last day of a year. 400 years are 146,097 days. */
function civilDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
