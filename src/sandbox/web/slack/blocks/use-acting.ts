import { useMemo, useState } from 'react';
import type { Surface, Values } from '../../../page/protocol.js';
import { isObject } from '../../../slack/json-object.js';
import { perform } from '../../perform.js';
import { useInSlack } from '../in-slack.js';
import type { InSurface } from './surface.js';

/** The deeds of a person on one surface. `on` keeps its identity while the surface is the same. */
export function useActing(on: Surface, failed: (sentence: string) => void) {
  const { user } = useInSlack();
  return useMemo(
    () => ({
      on,
      async act(acting: Parameters<InSurface['act']>[0], values?: Values) {
        const answer = await perform('act', {
          user,
          on,
          ...acting,
          ...(values === undefined ? {} : { values }),
        });
        if (!answer.ok) failed(answer.error);
      },
      async suggest(actionId: string, typed: string) {
        const answer = await perform('suggest', { user, on, actionId, value: typed });
        if (answer.ok) return (answer.options ?? []).filter(isObject);
        failed(answer.error);
        return [];
      },
    }),
    [on, user, failed],
  );
}

/** What stands in the elements of a surface. */
export function useTouched() {
  const [values, setValues] = useState<Values>({});
  return useMemo(
    () => ({
      values,
      touched: (blockId: string, actionId: string) => values[blockId]?.[actionId],
      touch: touching(setValues),
    }),
    [values],
  );
}

export function touching(change: (next: (values: Values) => Values) => void): InSurface['touch'] {
  return (blockId, actionId, chosen) =>
    change((values) => {
      const { [actionId]: _gone, ...others } = values[blockId] ?? {};
      const block = chosen === undefined ? others : { ...others, [actionId]: chosen };
      const { [blockId]: _block, ...rest } = values;
      return Object.keys(block).length === 0 ? rest : { ...rest, [blockId]: block };
    });
}
