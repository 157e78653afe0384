import { type ReactNode, useState } from 'react';
import type { Chosen } from '../../../../page/protocol.js';
import { isObject, type JsonObject } from '../../../../slack/json-object.js';
import { ConfirmDialog } from '../../dialog/confirm-dialog.js';
import { type Acting, useSurface } from '../surface.js';
import { initialChosen } from './chosen.js';

export interface ElementProps {
  element: JsonObject;
  block: JsonObject;
  /** In an input block: what it is called, and the ids of what belongs to it. */
  label?: string;
  id?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean;
}

export interface ElementUse {
  chosen: Chosen | undefined;
  /** Keeps what was chosen, and tells the app where it wants to know at once. */
  choose(next: Chosen | undefined): void;
  /** Tells the app, after asking for confirmation where the element wants that. */
  act(acting: Acting): void;
  /** Whether the app hears of it before a form is submitted. */
  dispatches: boolean;
  busy: boolean;
  /** Has to stand somewhere in what is drawn. */
  dialog: ReactNode;
}

export function useElement(element: JsonObject, block: JsonObject): ElementUse {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<{ go: () => void } | null>(null);
  const blockId = String(block.block_id);
  const actionId = String(element.action_id);
  const dispatches = block.type !== 'input' || block.dispatch_action === true;

  function confirmed(go: () => void): void {
    if (isObject(element.confirm)) setAsking({ go });
    else go();
  }

  async function tell(acting: Acting): Promise<void> {
    setBusy(true);
    await surface.act(acting);
    setBusy(false);
  }

  return {
    chosen: surface.touched(blockId, actionId) ?? initialChosen(element),
    choose(next) {
      confirmed(() => {
        surface.touch(blockId, actionId, next);
        if (dispatches && next !== undefined) void tell({ actionId, chosen: next });
      });
    },
    act: (acting) => confirmed(() => void tell(acting)),
    dispatches,
    busy,
    dialog:
      asking !== null && isObject(element.confirm) ? (
        <ConfirmDialog
          confirm={element.confirm}
          onConfirm={() => {
            setAsking(null);
            asking.go();
          }}
          onDeny={() => setAsking(null)}
        />
      ) : null,
  };
}
