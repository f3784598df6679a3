import { DefaultSerializer, Deserializer } from 'node:v8';
import { everyObject } from './every-object.ts';
import { isView, viewClasses } from './view-classes.ts';

/** A value as V8 writes it, and what V8 would forget. */
export interface Serialized {
  readonly bytes: Buffer;
  /** Whether the value is followed by the numbers of its objects without a prototype, which V8 gives one. */
  readonly listsBare: boolean;
}

/**
 * Writes a value by V8's structured serialisation, and adds what that loses: Buffers, memory that several views share
 * and objects without a prototype.
 *
 * @throws {TypeError} for what would not come back as it is; see `everyObject`
 */
export function serialize(value: unknown): Serialized {
  const bare: number[] = [];
  everyObject(value, (object, number, sort) => {
    if (sort === 'record' && Object.getPrototypeOf(object) === null) bare.push(number);
  });
  const serializer = new ExactSerializer();
  serializer.writeHeader();
  try {
    serializer.writeValue(value);
  } catch (error) {
    // Memory that was handed to another thread, and what V8 finds out later than this module.
    throw new TypeError(
      'The value cannot be cached: V8 cannot write it, for the reason given as the cause.',
      { cause: error },
    );
  }
  if (bare.length > 0) serializer.writeValue(bare);
  return { bytes: serializer.releaseBuffer(), listsBare: bare.length > 0 };
}

/**
 * Reads what `serialize` wrote. Nothing of the value is a view of the bytes.
 *
 * @throws when the bytes are something else, or were written by a newer V8
 */
export function deserialize({ bytes, listsBare }: Serialized): unknown {
  const deserializer = new ExactDeserializer(bytes);
  deserializer.readHeader();
  const value: unknown = deserializer.readValue();
  if (listsBare) {
    const bare = new Set(deserializer.readValue() as number[]); // as serialize wrote it
    const objects: object[] = [];
    everyObject(value, (object, number) => {
      if (bare.has(number)) objects.push(object);
    });
    for (const object of objects) Object.setPrototypeOf(object, null);
  }
  return value;
}

/** A Buffer's place among the classes of views, which count from 0. */
const bufferClass = 255;

/** Like Node's own it does not leave views to V8, which would make a Buffer a Uint8Array and write its whole pool. */
class ExactSerializer extends DefaultSerializer {
  /** Called by V8 for every view. Its memory goes through V8 too, which writes it once for all who share it. */
  _writeHostObject(object: object): void {
    if (!isView(object)) throw new TypeError('An object of Node or V8 itself cannot be cached.');
    if (Buffer.isBuffer(object)) {
      this.writeUint32(bufferClass);
      this.writeDouble(object.byteLength);
      this.writeRawBytes(object);
      return;
    }
    this.writeUint32(viewClasses.findIndex((one) => object instanceof one));
    this.writeDouble(object.byteOffset);
    this.writeDouble('length' in object ? object.length : object.byteLength);
    this.writeValue(object.buffer);
  }
}

class ExactDeserializer extends Deserializer {
  _readHostObject(): object {
    const place = this.readUint32();
    if (place === bufferClass) return Buffer.from(this.readRawBytes(this.readDouble()));
    const [start, length] = [this.readDouble(), this.readDouble()];
    const View = viewClasses[place];
    if (!View) throw new TypeError(`No class of views has the number ${place}.`);
    return new View(this.readValue() as ArrayBuffer, start, length); // as _writeHostObject wrote it
  }
}

/** The version of V8's format that this Node writes; it reads this one and those before. */
export const wireVersion = serialize(undefined).bytes[1] ?? 0;
