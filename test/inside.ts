/**
 * The one door by which engine tests and benches reach into the nodes: everything else they see from outside,
 * as n8n and MicroeSIM do. Each line says why a test needs it.
 */

/** A restart of n8n forgets the order numbers that are in memory. */
export { forgetOrders } from '../nodes/Microesim/shared/order/numberMemory';

/** A restart of n8n forgets what was found out about n8n's store. */
export { forgetOnce } from '../nodes/Microesim/shared/once/once';

/** A restart of n8n forgets the pushes that are in memory. */
export { forgetAll as forgetPushes } from '../nodes/Microesim/shared/push/memory';

/** Nobody waits 90 seconds for an answer that never comes: tests shorten the time-outs. */
export { ENDPOINTS } from '../nodes/Microesim/shared/transport/endpoints';

/** The simulator must refuse what a credential signs wrongly, so tests spoil this one. */
export { MicroesimApi } from '../credentials/MicroesimApi.credentials';

/** Twenty thousand bodies are read without a server. */
export { readPush } from '../nodes/Microesim/shared/push/read/readPush';

/** Ten thousand files are counted without being sent. */
export { mayCopy } from '../nodes/Microesim/shared/push/read/copies';

/** A claim is given away after an hour, which no test waits for. */
export { PushMemory, type Ticket } from '../nodes/Microesim/shared/push/memory';

/** Measured in processes of their own, without n8n around it. */
export { OrderGuard } from '../nodes/Microesim/shared/order/guard';

/** A restart of n8n forgets when orders were booked, so that the first look at them is taken at once. */
export { forgetBookings } from '../nodes/Microesim/shared/order/bookings';

/** The bench of waiting measures a process that has learned nothing, in each of its runs. */
export { forgetUsualAge } from '../nodes/Microesim/shared/order/looks';

/** The very schedule is simulated over thousands of orders, without a clock. */
export { FirstLook, pauseAfterLook } from '../nodes/Microesim/shared/order/looks';

/** n8n reads how a push is answered from the description, before it calls the node. */
export { MicroesimTrigger } from '../nodes/Microesim/MicroesimTrigger.node';

/** A restart of n8n forgets what plans of watched eSIMs hold. */
export { forgetFacts } from '../nodes/Microesim/shared/alerts/factsOfRun';
