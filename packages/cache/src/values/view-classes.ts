/** What makes a view of memory from a start, in bytes, and a length, in the class's own elements. */
interface ViewClass {
  new (memory: ArrayBuffer, start: number, length: number): object;
  readonly prototype: object;
}

/** The classes that look at an ArrayBuffer. A view is written as its class's place here, so a new one goes to the end. */
export const viewClasses: readonly ViewClass[] = [
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  Float16Array,
];

/** Whether an object is a typed array, a Buffer or a DataView. */
export function isView(object: object): object is NodeJS.ArrayBufferView<ArrayBuffer> {
  return ArrayBuffer.isView(object);
}
