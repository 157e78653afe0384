/** Nobody knows whether a click counted. Where it did, a second one comes too late to do anything. */
export class StoreUnclear extends Error {
  override readonly name = 'StoreUnclear';
}
