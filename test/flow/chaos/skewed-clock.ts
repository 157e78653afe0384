/** A module, to be imported before all others, by which a process lives so many milliseconds in the future, or the past. */
export function skewedClock(ms: number): string {
  const script = `
    const Real = Date;
    const now = () => Real.now() + ${ms};
    globalThis.Date = new Proxy(Real, {
      construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
      apply: () => new Real(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });`;
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

/** By which a process ends with the one that started it: a bot must not outlive a run that was killed. */
export const END_WITH_US = `data:text/javascript,${encodeURIComponent(
  'process.once("disconnect",()=>process.exit());process.channel.unref()',
)}`;
