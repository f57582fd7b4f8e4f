/** Following one pointer from its press to its release. */

export interface Followed {
  /** Called at most once a frame, with the latest of the pointer. */
  move(event: PointerEvent): void;
  /** Let go; not called when it was given up. */
  end(event: PointerEvent): void;
  /** Always called, last. */
  finish(): void;
}

export interface Following {
  /** Ends it, as Escape does. */
  giveUp(): void;
  /** Does in the next frame what a move would do, also when the pointer rests. */
  again(): void;
}

export function follow(down: PointerEvent, followed: Followed): Following {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  let latest = down;
  let frame = 0;

  const draw = (): void => {
    frame = 0;
    followed.move(latest);
  };
  const again = (): void => {
    if (!listening.signal.aborted) frame ||= requestAnimationFrame(draw);
  };
  const stop = (): void => {
    cancelAnimationFrame(frame);
    listening.abort();
    followed.finish();
  };
  const isOurs = (event: PointerEvent): boolean => event.pointerId === down.pointerId;

  // On the window: a fast mouse has left the card before it was picked up.
  window.addEventListener(
    'pointermove',
    (event) => {
      if (!isOurs(event)) return;
      latest = event;
      again();
    },
    options,
  );
  window.addEventListener(
    'pointerup',
    (event) => {
      if (!isOurs(event)) return;
      if (frame !== 0 || event.clientX !== latest.clientX || event.clientY !== latest.clientY)
        followed.move(event);
      followed.end(event);
      stop();
    },
    options,
  );
  window.addEventListener('pointercancel', (event) => isOurs(event) && stop(), options);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      stop();
    },
    { ...options, capture: true },
  );
  return { giveUp: stop, again };
}
