/** Slack's ids, as far as their form tells. */
export const CHANNEL_ID = /^[CG][A-Z0-9]{2,}$/;
export const USER_ID = /^[UW][A-Z0-9]{2,}$/;
export const USER_OR_GROUP_ID = /^[UWS][A-Z0-9]{2,}$/;
