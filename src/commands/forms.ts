import { ACTIONS, FORMS } from '../slack/action-ids.js';
import { typesAccount, typesService } from './create/form-acts.js';
import { submitCreate } from './create/submit-create.js';
import type { OnClosed, OnSubmission, OnTyping } from './interaction.js';
import { typesOpenCase } from './open-case-choices.js';
import { sendReplyForm } from './reply-form/send.js';
import { secretsAnswered, secretsClosed } from './secrets-form.js';

/** What happens when a form is sent, by its `callback_id`. */
export const SUBMISSIONS: Readonly<Record<string, OnSubmission>> = {
  [FORMS.create]: submitCreate,
  [FORMS.reply]: sendReplyForm,
  [FORMS.secrets]: secretsAnswered,
};

/** What happens when a form is closed without being sent, by its `callback_id`. */
export const CLOSED: Readonly<Record<string, OnClosed>> = {
  [FORMS.secrets]: secretsClosed,
};

/** Where the choices of a menu come from, by its `action_id`. */
export const CHOICES: Readonly<Record<string, OnTyping>> = {
  [ACTIONS.createAccount]: typesAccount,
  [ACTIONS.createService]: typesService,
  [ACTIONS.resolvePick]: typesOpenCase,
};
