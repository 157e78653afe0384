import { useId } from 'react';
import { isObject, type JsonObject } from '../../../slack/json-object.js';
import { TextObject, Words } from '../blocks/text-object.js';
import { Dialog } from './dialog.js';

interface ConfirmDialogProps {
  confirm: JsonObject;
  onConfirm(): void;
  onDeny(): void;
}

/** Asks once more before an element acts, in the app's own words. */
export function ConfirmDialog({ confirm, onConfirm, onDeny }: ConfirmDialogProps) {
  const id = useId();
  const danger = confirm.style === 'danger';
  return (
    <Dialog labelledBy={id} onEscape={onDeny} small>
      <div className="slk-dialog-head">
        <h2 className="slk-dialog-title" id={id}>
          {isObject(confirm.title) ? <Words text={confirm.title} /> : 'Are you sure?'}
        </h2>
      </div>
      <div className="slk-dialog-body">
        <TextObject text={confirm.text} />
      </div>
      <div className="slk-dialog-foot">
        <button className="slk-button" onClick={onDeny} type="button">
          {isObject(confirm.deny) ? <Words text={confirm.deny} /> : 'Cancel'}
        </button>
        <button
          className={danger ? 'slk-button slk-button-danger' : 'slk-button slk-button-primary'}
          data-autofocus
          onClick={onConfirm}
          type="button"
        >
          {isObject(confirm.confirm) ? <Words text={confirm.confirm} /> : 'Yes'}
        </button>
      </div>
    </Dialog>
  );
}
