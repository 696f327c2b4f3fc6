/* The clock of the zone in which the reader sees the page. Moments are seconds since 1970. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number) => String(number).padStart(2, "0");

class Clock {
  constructor(zone, axis) {
    this.zone = zone;
    this.axis = axis;
    this.formats = new Map();
  }

  format(zone) {
    if (!this.formats.has(zone)) {
      this.formats.set(zone, new Intl.DateTimeFormat("en-US", {
        timeZone: zone, hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric",
        hour: "numeric", minute: "numeric", second: "numeric",
      }));
    }
    return this.formats.get(zone);
  }

  /* What the clock on the wall shows, as if that were UTC. */
  wall(moment, zone = this.zone) {
    const parts = {};
    for (const { type, value } of this.format(zone).formatToParts(moment * 1000)) parts[type] = value;
    const wall = new Date(0);
    wall.setUTCFullYear(parts.era === "BC" ? 1 - parts.year : Number(parts.year), parts.month - 1, parts.day);
    wall.setUTCHours(parts.hour, parts.minute, parts.second);
    return wall;
  }

  offset(moment, zone = this.zone) { return this.wall(moment, zone) / 1000 - Math.floor(moment); }

  /* The moment of a time on the wall, its first turn where there are two; null where clocks skipped it. */
  moment(wall) {
    const day = 86400, early = wall - this.offset(wall - day), late = wall - this.offset(wall + day);
    return [Math.min(early, late), Math.max(early, late)].find((one) => this.wall(one) / 1000 === wall) ?? null;
  }

  shortDate(moment, withYear) {
    const wall = this.wall(moment);
    return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}${withYear ? ` ${wall.getUTCFullYear()}` : ""}`;
  }

  axisWords() { return this.axis; }
}
