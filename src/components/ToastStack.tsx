import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Link } from 'react-router';
import type { Toast, ToastAction } from '../state/toasts.ts';
import { useStore } from '../state/useStore.ts';
import { toastHost } from './toastHost.ts';
import { useHandedFocus } from './useHandedFocus.ts';
import { useWorkspace } from './workspaceContext.ts';

/** Long enough to read it and reach for the button. */
const SHOWN_MS = 9000;

export function ToastStack() {
  const { toasts } = useWorkspace();
  const list = useStore(toasts.store, (state) => state.list);
  const dialog = useStore(toastHost, (state) => state.dialog);
  const stack = (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <ToastLine key={toast.id} toast={toast} onClose={() => toasts.close(toast.id)} />
      ))}
    </div>
  );
  return dialog === null ? stack : createPortal(stack, dialog);
}

function ToastLine({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  const { toasts } = useWorkspace();
  const line = useRef<HTMLDivElement>(null);
  useHandedFocus(line, afterNotice);
  useEffect(() => {
    if (held || toast.stays) return;
    const timer = setTimeout(() => toasts.close(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, toast, toasts]);
  const undo = toast.undo === null ? [] : [{ label: 'Undo', act: toast.undo }];
  return (
    <div
      className="toast"
      ref={line}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {[...undo, ...toast.actions].map((action) => (
        <ActionButton key={action.label} action={action} onDone={onClose} />
      ))}
      <button className="icon-button" type="button" aria-label="Dismiss" onClick={onClose}>
        <X aria-hidden />
      </button>
    </div>
  );
}

function ActionButton({ action, onDone }: { action: ToastAction; onDone: () => void }) {
  if ('href' in action)
    return (
      <Link className="text-button" to={action.href} onClick={onDone}>
        {action.label}
      </Link>
    );
  const choose = (): void => {
    action.act();
    onDone();
  };
  return (
    <button className="text-button" type="button" onClick={choose}>
      {action.label}
    </button>
  );
}

/** The next notice, else what lies under the notices. */
function afterNotice(line: HTMLElement) {
  const near = [line.nextElementSibling, line.previousElementSibling];
  const dialog = line.closest<HTMLElement>('dialog');
  return () => [
    ...near.map((one) => one?.querySelector<HTMLElement>('button') ?? null),
    dialog ?? document.querySelector<HTMLElement>('main'),
  ];
}
